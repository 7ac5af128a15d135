import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame, FrameRefused } from './frame.ts';
import { FrameParser } from './frame-parser.ts';

const LIMITS = { headBytes: 1024, bodyBytes: 4096 };

function prefix(total: number, head: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(total >>> 0, 0);
  bytes.writeUInt32LE(head >>> 0, 4);
  return bytes;
}

function ruleOf(chunk: Buffer): string | undefined {
  try {
    for (const _ of new FrameParser(LIMITS).push(chunk));
    return undefined;
  } catch (error) {
    return error instanceof FrameRefused ? error.rule : String(error);
  }
}

/** Bytes of live objects, garbage collected first. */
function liveBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (!isAction(collect)) throw new TypeError('no garbage collector at hand');
  collect();
  return process.memoryUsage().heapUsed;
}

function isAction(value: unknown): value is () => void {
  return typeof value === 'function';
}

describe('FrameParser', () => {
  it('IP-134 keeps no object for every byte of a peer that sends single bytes', () => {
    const CHUNKS = 50_000;
    const parser = new FrameParser({ headBytes: 1024, bodyBytes: 2 * CHUNKS });
    const before = liveBytes();
    for (const _ of parser.push(prefix(4 + 2 + 2 * CHUNKS, 2)));
    for (let sent = 0; sent < CHUNKS; sent += 1) for (const _ of parser.push(Buffer.from(new ArrayBuffer(1))));
    expect(liveBytes() - before).toBeLessThan(40 * CHUNKS);
    expect([...parser.push(Buffer.from('{}'))]).toEqual([]);
  });

  it('returns what was encoded, however the stream is cut', () => {
    const part = fc.record({ head: fc.dictionary(fc.string(), fc.string()), body: fc.uint8Array({ maxLength: 200 }) });
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (parts, cuts) => {
          const stream = Buffer.concat(parts.map(({ head, body }) => encodeFrame(head, body)));
          const parser = new FrameParser({ headBytes: 2 ** 20, bodyBytes: 2 ** 20 });
          const frames = [];
          for (let at = 0, turn = 0; at < stream.length; turn += 1) {
            const length = cuts[turn % cuts.length] ?? 1;
            frames.push(...parser.push(stream.subarray(at, at + length)));
            at += length;
          }
          expect(frames.map(({ head, body }) => ({ head, body: [...body] }))).toEqual(
            parts.map(({ head, body }) => ({ head: JSON.parse(JSON.stringify(head)), body: [...body] })),
          );
        },
      ),
    );
  });

  it('never throws anything but FrameRefused for arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const rule = ruleOf(Buffer.from(bytes));
        expect([undefined, 'length', 'head-length', 'body-length', 'head-json', 'head-depth']).toContain(rule);
      }),
    );
  });

  it.each([
    ['IP-134 a length of 2^32-1', prefix(0xffffffff, 10), 'body-length'],
    ['IP-134 a head longer than its frame', prefix(10, 200), 'length'],
    ['IP-134 a length of zero', prefix(0, 0), 'length'],
    ['IP-134 an empty head', prefix(4, 0), 'length'],
    ['a head one byte over the limit', prefix(4 + 1025, 1025), 'head-length'],
    ['a body one byte over the limit', prefix(4 + 2 + 4097, 2), 'body-length'],
    ['IP-137 a head that is not JSON', Buffer.concat([prefix(4 + 3, 3), Buffer.from('{,}')]), 'head-json'],
    [
      'IP-137 a head that is not UTF-8',
      Buffer.concat([prefix(4 + 4, 4), Buffer.from([0x22, 0xc3, 0x28, 0x22])]),
      'head-json',
    ],
    [
      'IP-137 a byte order mark',
      Buffer.concat([prefix(4 + 5, 5), Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d])]),
      'head-json',
    ],
    [
      'IP-137 nesting of 17',
      Buffer.concat([prefix(4 + 34, 34), Buffer.from('['.repeat(17) + ']'.repeat(17))]),
      'head-depth',
    ],
  ])('refuses %s', (_name, bytes, rule) => {
    expect(ruleOf(bytes)).toBe(rule);
  });

  it('accepts sizes at the limits and nesting of 16', () => {
    const head = Buffer.from(`"${'x'.repeat(1022)}"`);
    const frame = Buffer.concat([prefix(4 + 1024 + 4096, 1024), head, Buffer.alloc(4096)]);
    expect(ruleOf(frame)).toBeUndefined();
    expect(ruleOf(Buffer.concat([prefix(4 + 32, 32), Buffer.from('['.repeat(16) + ']'.repeat(16))]))).toBeUndefined();
  });

  it('does not count brackets inside strings', () => {
    const head = Buffer.from(JSON.stringify({ text: `${'['.repeat(50)}\\"${'{'.repeat(50)}` }));
    expect(ruleOf(Buffer.concat([prefix(4 + head.length, head.length), head]))).toBeUndefined();
  });
});
