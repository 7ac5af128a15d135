import { FRAME_PREFIX_BYTES, type Frame, type FrameLimits, FrameRefused, readPrefix } from './frame.ts';

/** JSON nested deeper than this is refused before it is parsed: parsers and validators recurse. */
const MAX_HEAD_DEPTH = 16;
/** Chunks that fit into this together are kept as one. */
const SMALL_BYTES = 1024;

/**
 * Turns a byte stream from a hostile peer into frames. Holds at most one incomplete frame; memory grows with bytes that
 * arrived, never with a length that was only claimed (IP-134).
 */
export class FrameParser {
  readonly #limits: FrameLimits;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #lengths: { readonly head: number; readonly body: number } | undefined;

  constructor(limits: FrameLimits) {
    this.#limits = limits;
  }

  /** The frames that `chunk` completes, in order. Throws FrameRefused; the stream is unusable afterwards. */
  *push(chunk: Buffer): Generator<Frame, void> {
    this.#keep(chunk);
    this.#pendingBytes += chunk.length;
    for (let frame = this.#next(); frame !== undefined; frame = this.#next()) yield frame;
  }

  /** A chunk is an object of some hundred bytes, whatever it holds: a peer that writes single bytes must not pay one each. */
  #keep(chunk: Buffer): void {
    const last = this.#pending.at(-1);
    if (last !== undefined && last.length + chunk.length <= SMALL_BYTES)
      this.#pending[this.#pending.length - 1] = Buffer.concat([last, chunk]);
    else this.#pending.push(chunk);
  }

  #next(): Frame | undefined {
    if (this.#lengths === undefined) {
      if (this.#pendingBytes < FRAME_PREFIX_BYTES) return undefined;
      this.#lengths = readPrefix(this.#take(FRAME_PREFIX_BYTES), this.#limits);
    }
    const { head, body } = this.#lengths;
    if (this.#pendingBytes < head + body) return undefined;
    this.#lengths = undefined;
    return { head: parseHead(this.#take(head)), body: this.#take(body) };
  }

  #take(count: number): Buffer {
    if (count === 0) return Buffer.alloc(0);
    const joined =
      this.#pending.length === 1 && this.#pending[0] !== undefined ? this.#pending[0] : Buffer.concat(this.#pending);
    const rest = joined.subarray(count);
    this.#pending = rest.length === 0 ? [] : [rest];
    this.#pendingBytes = rest.length;
    return joined.subarray(0, count);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function parseHead(bytes: Buffer): unknown {
  if (deeperThan(bytes, MAX_HEAD_DEPTH))
    throw new FrameRefused('head-depth', `head nested deeper than ${MAX_HEAD_DEPTH}`);
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    throw new FrameRefused('head-json', 'head is not UTF-8 JSON');
  }
}

/** Counts brackets outside strings; good enough to refuse, never used to accept. */
function deeperThan(bytes: Buffer, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (inString) {
      if (byte === 0x5c) index += 1;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b || byte === 0x5b) depth += 1;
    else if (byte === 0x7d || byte === 0x5d) depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}
