/**
 * One frame: length of all that follows, length of the head, head as UTF-8 JSON, body as bytes; both lengths are unsigned
 * 32-bit little-endian. Fixed and flat, so that a parser can refuse a frame before it has read or allocated anything.
 */
export const FRAME_PREFIX_BYTES = 8;

/** One message with its body. */
export interface Frame {
  readonly head: unknown;
  readonly body: Uint8Array;
}

/** The largest head and body that are read. */
export interface FrameLimits {
  readonly headBytes: number;
  readonly bodyBytes: number;
}

export const NO_BODY: Uint8Array = new Uint8Array(0);

/** The frame as one buffer, ready for one write. */
export function encodeFrame(head: object, body: Uint8Array = NO_BODY): Buffer {
  const headBytes = Buffer.from(JSON.stringify(head), 'utf8');
  const frame = Buffer.allocUnsafe(FRAME_PREFIX_BYTES + headBytes.length + body.length);
  frame.writeUInt32LE(4 + headBytes.length + body.length, 0);
  frame.writeUInt32LE(headBytes.length, 4);
  headBytes.copy(frame, FRAME_PREFIX_BYTES);
  frame.set(body, FRAME_PREFIX_BYTES + headBytes.length);
  return frame;
}

/** Why bytes are not a frame. `rule` names the check for the audit trail. */
export class FrameRefused extends Error {
  readonly rule: 'length' | 'head-length' | 'body-length' | 'head-json' | 'head-depth';
  constructor(rule: FrameRefused['rule'], detail: string) {
    super(`Cannot read frame: ${detail}`);
    this.name = 'FrameRefused';
    this.rule = rule;
  }
}

/** Lengths from a prefix, refused when they contradict each other or exceed the limits. */
export function readPrefix(prefix: Buffer, limits: FrameLimits): { readonly head: number; readonly body: number } {
  const total = prefix.readUInt32LE(0);
  const head = prefix.readUInt32LE(4);
  if (total < 4 + head || head === 0) throw new FrameRefused('length', `${total} bytes cannot hold a head of ${head}`);
  if (head > limits.headBytes)
    throw new FrameRefused('head-length', `head of ${head} bytes, limit ${limits.headBytes}`);
  const body = total - 4 - head;
  if (body > limits.bodyBytes)
    throw new FrameRefused('body-length', `body of ${body} bytes, limit ${limits.bodyBytes}`);
  return { head, body };
}
