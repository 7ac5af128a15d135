import type { GuestProgress } from '../protocol/messages.ts';
import { chooseNonce, type DrawNonce, drawRandomNonce } from './envelope.ts';
import { NO_REDACTION, type Redaction, TextRedaction } from './redaction.ts';
import { RemovalTally } from './removal-counts.ts';
import { createTextSanitiser, sanitiseInto, sanitiseText, type TextSanitiser } from './sanitise-text.ts';
import { renderUpdateEnvelope, type UpdateProvenance } from './update-envelope.ts';

interface UpdateTag {
  readonly seq: number;
  readonly provenance: UpdateProvenance;
  readonly drawNonce: DrawNonce;
}

/** Held by this module alone, so that `update.constructor` is of no use to anybody. */
const MINT = Symbol('mint');

function assertMinting(mint: symbol): void {
  if (mint !== MINT) throw new TypeError('Cannot construct a CallUpdate: only the stream of a running call does');
}

class MintedProgressUpdate {
  readonly kind = 'progress' as const;
  /** Counts the updates of a call from zero, without gaps. */
  readonly seq: number;
  /** The skill's own claim, finite and not negative. It should rise, but nothing makes it. */
  readonly progress: number | undefined;
  readonly total: number | undefined;
  /** One line of sanitised text; empty when the skill gave none. */
  readonly message: string;
  readonly provenance: UpdateProvenance;
  readonly #tag: UpdateTag;

  constructor(
    mint: symbol,
    tag: UpdateTag,
    { progress, total, message }: { readonly progress?: number; readonly total?: number; readonly message: string },
  ) {
    assertMinting(mint);
    this.seq = tag.seq;
    this.progress = progress;
    this.total = total;
    this.message = message;
    this.provenance = tag.provenance;
    this.#tag = tag;
    Object.freeze(this);
  }

  static isMinted(value: unknown): value is MintedProgressUpdate {
    return typeof value === 'object' && value !== null && #tag in value;
  }

  /** Header by the host, then the data between delimiters, as in a result. */
  toText(): string {
    const of = this.total === undefined ? '' : ` of ${this.total}`;
    const figures = this.progress === undefined ? '' : `${this.progress}${of}`;
    return wrap(this.kind, this.#tag, [figures, this.message].filter((part) => part !== '').join(' '));
  }

  /** Plain data for a log. */
  toJSON(): Readonly<Record<string, unknown>> {
    const { kind, seq, progress, total, message, provenance } = this;
    return { kind, seq, progress, total, message, provenance };
  }
}

class MintedPartialUpdate {
  readonly kind = 'partial' as const;
  /** Counts the updates of a call from zero, without gaps. */
  readonly seq: number;
  /** The next piece. The pieces of a call, joined, are the sanitised form of all that the skill sent. */
  readonly text: string;
  readonly provenance: UpdateProvenance;
  readonly #tag: UpdateTag;

  constructor(mint: symbol, tag: UpdateTag, text: string) {
    assertMinting(mint);
    this.seq = tag.seq;
    this.text = text;
    this.provenance = tag.provenance;
    this.#tag = tag;
    Object.freeze(this);
  }

  static isMinted(value: unknown): value is MintedPartialUpdate {
    return typeof value === 'object' && value !== null && #tag in value;
  }

  /** Header by the host, then this piece between delimiters, as in a result. */
  toText(): string {
    return wrap(this.kind, this.#tag, this.text);
  }

  /** Plain data for a log. */
  toJSON(): Readonly<Record<string, unknown>> {
    const { kind, seq, text, provenance } = this;
    return { kind, seq, text, provenance };
  }
}

/** A piece may begin where the whole goes on: `Human:` in mid-sentence opens a turn when it stands alone. */
function wrap(kind: 'progress' | 'partial', { seq, provenance, drawNonce }: UpdateTag, text: string): string {
  const alone = sanitiseText(text).text;
  return renderUpdateEnvelope({ kind, seq, provenance, nonce: chooseNonce([alone], drawNonce), text: alone });
}

/** What a running call says about how far it is. Immutable, tagged as untrusted. */
export type ProgressUpdate = MintedProgressUpdate;
/** A piece of text that a running call shows ahead of its result. Immutable, tagged as untrusted. */
export type PartialUpdate = MintedPartialUpdate;

/**
 * What a running call tells before its result: how far it has come, or the next piece of a preview. Immutable, always tagged
 * as untrusted, made by an `UpdateStream` only. A preview never replaces the result, which alone was checked against the
 * tool's output schema.
 */
export type CallUpdate = ProgressUpdate | PartialUpdate;

export function isCallUpdate(value: unknown): value is CallUpdate {
  return MintedProgressUpdate.isMinted(value) || MintedPartialUpdate.isMinted(value);
}

/**
 * The one exit of what a call says while it runs. Its partial text is one text to the sanitiser, however the skill cut it:
 * what could be the beginning of a marker or of a terminal sequence waits for what follows (OU-307).
 */
export class UpdateStream {
  readonly #provenance: UpdateProvenance;
  readonly #drawNonce: DrawNonce;
  readonly #redaction: Redaction;
  readonly #written: TextRedaction;
  /** Once more behind the sanitiser: hidden characters must not split a secret. */
  readonly #settled: TextRedaction;
  readonly #sanitiser: TextSanitiser = createTextSanitiser();
  #next = 0;

  constructor(
    facts: Omit<UpdateProvenance, 'trust'>,
    redaction: Redaction = NO_REDACTION,
    drawNonce: DrawNonce = drawRandomNonce,
  ) {
    const { skill, version, digest, tool, callId } = facts;
    this.#provenance = Object.freeze({ trust: 'untrusted', skill, version, digest, tool, callId });
    this.#redaction = redaction;
    this.#written = new TextRedaction(redaction);
    this.#settled = new TextRedaction(redaction);
    this.#drawNonce = drawNonce;
  }

  progress({ progress, total, message }: GuestProgress): ProgressUpdate {
    const line = sanitiseInto(new RemovalTally(this.#redaction), message, { singleLine: true });
    const figures = { ...(progress === undefined ? {} : { progress }), ...(total === undefined ? {} : { total }) };
    return new MintedProgressUpdate(MINT, this.#tag(), { ...figures, message: line });
  }

  /** Nothing when all of the text has to wait. */
  partial(text: string): PartialUpdate | undefined {
    return this.#mintPartial(this.#settled.push(this.#sanitiser.push(this.#written.push(text))));
  }

  /** What still waited at the end of the call. The stream must not be used again. */
  end(): PartialUpdate | undefined {
    const rest = this.#sanitiser.push(this.#written.end()) + this.#sanitiser.end();
    return this.#mintPartial(this.#settled.push(rest) + this.#settled.end());
  }

  #mintPartial(clean: string): PartialUpdate | undefined {
    return clean === '' ? undefined : new MintedPartialUpdate(MINT, this.#tag(), clean);
  }

  #tag(): UpdateTag {
    const seq = this.#next;
    this.#next += 1;
    return { seq, provenance: this.#provenance, drawNonce: this.#drawNonce };
  }
}
