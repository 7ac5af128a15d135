/** Sends every frame back. One loop over two blocking system calls, as the worker has it. */
import { readSync, writeSync } from 'node:fs';
import { encodeFrame, FrameParser } from '@carapace/runtime/testing';

const CHANNEL = 3;
const parser = new FrameParser({ headBytes: 1024, bodyBytes: 1024 });

for (;;) {
  const buffer = Buffer.allocUnsafe(4096);
  const count = readSync(CHANNEL, buffer, 0, buffer.length, null);
  if (count === 0) break;
  for (const { head, body } of parser.push(buffer.subarray(0, count))) {
    if (typeof head === 'object' && head !== null) writeSync(CHANNEL, encodeFrame(head, body));
  }
}
