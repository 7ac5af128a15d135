import { readSync, writeSync } from 'node:fs';
import { encodeFrame, FRAME_PREFIX_BYTES, type Frame, readPrefix } from '../protocol/frame.ts';

/** The host is trusted by the worker, so these only bound a mistake: a bundle and its input fit, a wild length does not. */
const LIMITS = { headBytes: 2 ** 20, bodyBytes: 64 * 2 ** 20 };

/** Frames over one blocking descriptor. While the worker waits here it runs no code at all: no timers, no event loop. */
export interface BlockingChannel {
  /** The next frame, or undefined when the host closed its end. */
  receive(): Frame | undefined;
  /** Blocks while the host does not read: a flooding guest is slowed down, not buffered. */
  send(head: object, body?: Uint8Array): void;
}

export function openBlockingChannel(fd: number): BlockingChannel {
  return {
    receive: () => receiveFrame(fd),
    send: (head, body) => writeAll(fd, encodeFrame(head, body)),
  };
}

function receiveFrame(fd: number): Frame | undefined {
  const prefix = Buffer.allocUnsafe(FRAME_PREFIX_BYTES);
  if (!readFully(fd, prefix)) return undefined;
  const lengths = readPrefix(prefix, LIMITS);
  const rest = Buffer.allocUnsafe(lengths.head + lengths.body);
  if (!readFully(fd, rest)) return undefined;
  const head: unknown = JSON.parse(rest.toString('utf8', 0, lengths.head));
  return { head, body: rest.subarray(lengths.head) };
}

/** False at the end of the stream. */
function readFully(fd: number, target: Buffer): boolean {
  let filled = 0;
  while (filled < target.length) {
    const count = readSync(fd, target, filled, target.length - filled, null);
    if (count === 0) return false;
    filled += count;
  }
  return true;
}

function writeAll(fd: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(fd, bytes, written, bytes.length - written, null);
}
