import { CodePointFilter } from './code-point-filter.ts';
import { MarkerBreaker } from './marker-breaker.ts';
import { NOTHING_REMOVED, type RemovalCounts, RemovalTally } from './removal-counts.ts';
import { createMarkerPattern } from './role-markers.ts';

export interface SanitiseOptions {
  /** Line ends and tabs become spaces: for names, headers, table cells. Default false. */
  readonly singleLine?: boolean;
  /** Combining marks kept in one run. Default 8. */
  readonly maxCombiningMarks?: number;
}

export interface SanitisedText {
  readonly text: string;
  readonly removed: RemovalCounts;
}

/** Sanitises text that arrives in pieces; the pieces joined equal `sanitiseText` of the whole. */
export interface TextSanitiser {
  /**
   * Returns what is settled so far. What may be the beginning of a marker or of a terminal sequence stays back until more
   * text or the end comes; of a marker at most about 200 characters.
   */
  push(chunk: string): string;
  /** Returns the rest. The sanitiser must not be used again. */
  end(): string;
  readonly removed: RemovalCounts;
}

const DEFAULT_MARKS = 8;
/** Bounds the working memory of one step. */
const STEP = 65_536;
/** Printable ASCII with line feeds and tabs: no character of it is removed or changed. */
const plainAscii = /^[ -~\n\t]*$/;
const plainLine = /^[ -~]*$/;
const anyMarker = new RegExp(createMarkerPattern(), 'iu');

/**
 * The one choke point for every string a skill has influenced, on its way to a model, a terminal or a log.
 *
 * Removes control characters except line feed and tab, whole terminal sequences, bidi controls, zero-width and tag
 * characters, variation selectors, private use, noncharacters and invisible fillers; turns every other line break into
 * a line feed and lone surrogates into U+FFFD; bounds runs of combining marks. Joiners stay inside emoji and inside
 * words of the joining scripts, one style selector stays after an emoji. Chat-template tokens, role tags, turn
 * markers and this library's own delimiters are kept readable but broken with a middle dot: `<·|im_start|>`.
 *
 * Idempotent, linear in the length of the text, and inert under one NFKC pass by the consumer. It does not make text
 * trustworthy: words that instruct a model pass, marked as data by the envelope.
 */
export function sanitiseText(text: string, options: SanitiseOptions = {}): SanitisedText {
  if (isInert(text, options)) return { text, removed: NOTHING_REMOVED };
  const tally = new RemovalTally();
  return { text: clean(tally, text, options), removed: tally.toCounts() };
}

/**
 * `sanitiseText` for one of many strings that share a count and a redaction, which comes first and, where the sanitiser had
 * something to do, last: hidden characters must not split a secret.
 */
export function sanitiseInto(tally: RemovalTally, text: string, options: SanitiseOptions = {}): string {
  const redacted = tally.redact(text);
  return isInert(redacted, options) ? redacted : tally.redact(clean(tally, redacted, options));
}

function clean(tally: RemovalTally, text: string, options: SanitiseOptions): string {
  const sanitiser = createTextSanitiser(options, tally);
  let out = '';
  for (let at = 0; at < text.length; at += STEP) out += sanitiser.push(text.slice(at, at + STEP));
  return out + sanitiser.end();
}

/** Most text is plain ASCII without a marker. That is seen faster than it is filtered, and takes no memory. */
function isInert(text: string, { singleLine }: SanitiseOptions): boolean {
  return (singleLine === true ? plainLine : plainAscii).test(text) && !anyMarker.test(text);
}

export function createTextSanitiser(
  options: SanitiseOptions = {},
  tally: RemovalTally = new RemovalTally(),
): TextSanitiser {
  const filter = new CodePointFilter(tally, options.maxCombiningMarks ?? DEFAULT_MARKS);
  const breaker = new MarkerBreaker(tally);
  const flatten = (text: string): string => (options.singleLine === true ? text.replaceAll(/[\n\t]/g, ' ') : text);
  return {
    push: (chunk) => breaker.push(flatten(filter.push(chunk))),
    end: () => breaker.push(flatten(filter.end())) + breaker.end(),
    get removed() {
      return tally.toCounts();
    },
  };
}
