import type { JsonValue } from '@carapace/manifest';
import type { ResultOutcome } from './outcome.ts';
import { parseOutput } from './parse-output.ts';
import type { RemovalTally } from './removal-counts.ts';
import type { ResultCode } from './result-codes.ts';
import { sanitiseJson } from './sanitise-json.ts';
import { type SanitiseOptions, sanitiseInto } from './sanitise-text.ts';

/** What the skill said about its failure, sanitised and cut. */
export interface SkillFailureText {
  readonly stage: 'load' | 'entry' | 'run' | 'output';
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/** An outcome with every string sanitised. */
export interface ResultBody {
  readonly code: ResultCode | undefined;
  readonly text: string;
  readonly structured: JsonValue | undefined;
  readonly failure: SkillFailureText | undefined;
}

const MAX_NAME = 128;
const MAX_MESSAGE = 4_096;
const MAX_STACK = 8_192;
/** Indentation may multiply the length of nested JSON, so only short JSON gets it. */
const MAX_PRETTY = 16_384;

/** Never throws: a result the worker has forged into nonsense is a result with a code. */
export function toResultBody(outcome: ResultOutcome, tally: RemovalTally): ResultBody {
  switch (outcome.kind) {
    case 'value':
      return toValueBody(outcome.json, tally);
    case 'refused':
      return refusal(outcome.code, cut(outcome.message, MAX_MESSAGE, tally));
    case 'failure':
      return toFailureBody(outcome, tally);
  }
}

function toValueBody(json: string, tally: RemovalTally): ResultBody {
  const parsed = parseOutput(json);
  if (parsed.kind === 'refused') return refusal('ERR_CARAPACE_SKILL_BAD_OUTPUT', parsed.reason);
  const structured = sanitiseJson(parsed.value, tally);
  // The punctuation around clean strings could still complete a marker, so the text as a whole is sanitised again.
  const text = typeof structured === 'string' ? structured : sanitiseInto(tally, toJsonText(structured));
  return { code: undefined, text, structured, failure: undefined };
}

function toJsonText(value: JsonValue): string {
  const compact = JSON.stringify(value);
  return compact.length > MAX_PRETTY ? compact : JSON.stringify(value, undefined, 2);
}

function refusal(code: ResultCode, text: string): ResultBody {
  return { code, text, structured: undefined, failure: undefined };
}

function toFailureBody(outcome: Extract<ResultOutcome, { kind: 'failure' }>, tally: RemovalTally): ResultBody {
  const failure = Object.freeze({
    stage: outcome.stage,
    name: cut(outcome.name, MAX_NAME, tally, { singleLine: true }),
    message: cut(outcome.message, MAX_MESSAGE, tally),
    stack: cut(outcome.stack, MAX_STACK, tally),
  });
  const text = sanitiseInto(tally, `${failure.name}: ${failure.message}`);
  return { code: outcome.code, text, structured: undefined, failure };
}

/** Redacted first: half a secret would not be found any more. */
function cut(text: string, length: number, tally: RemovalTally, options: SanitiseOptions = {}): string {
  return sanitiseInto(tally, tally.redact(text).slice(0, length), options);
}
