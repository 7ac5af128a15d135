import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { RESULT_CODES } from '@carapace/runtime';
import { decodeWorkerMessage, FrameParser, FrameRefused, ProtocolViolation } from '@carapace/runtime/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, hostileFrames } from './hostile-frames.ts';
import { HOSTILE } from './hostile-runtime.ts';
import { ownKeysOfPrototypes } from './protocol-case.ts';
import { openSandbox, type Sandbox, skillOf } from './sandbox.ts';
import { callOptions } from './variant.ts';

const LIMITS = { headBytes: 64 * 1024, bodyBytes: 1024 };
/** Conversations in this process, which cost microseconds, and with a worker of their own, which cost a process each. */
const PARSED_RUNS = 3_000;
const PLAYED_RUNS = Number(process.env['CARAPACE_FUZZ_RUNS'] ?? 40);
const CALL_ID = 'call-of-this-worker';

/** Reads a stream as the host does, cut anywhere. Returns what was accepted, and throws what is neither refusal nor violation. */
function read(stream: Buffer, cuts: readonly number[]): readonly object[] {
  const parser = new FrameParser(LIMITS);
  const accepted: object[] = [];
  try {
    for (let at = 0, turn = 0; at < stream.length; turn += 1) {
      const end = at + (cuts[turn % cuts.length] ?? 1);
      for (const frame of parser.push(stream.subarray(at, end))) accepted.push(decodeWorkerMessage(frame.head));
      at = end;
    }
  } catch (error) {
    if (!(error instanceof FrameRefused || error instanceof ProtocolViolation)) throw error;
  }
  return accepted;
}

const cuts = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 });

describe('IP-139 any conversation of a hostile worker, read in the host,', () => {
  it('is refused in the words of the protocol or accepted, never anything else, and changes no prototype', () => {
    const prototypes = ownKeysOfPrototypes();
    fc.assert(
      fc.property(hostileFrames, cuts, (frames, sizes) => {
        read(bytesOf(frames, CALL_ID), sizes);
      }),
      { numRuns: PARSED_RUNS },
    );
    expect(ownKeysOfPrototypes()).toEqual(prototypes);
  });

  it('gives messages that are accepted again as they are: nothing of the peer travels along', () => {
    fc.assert(
      fc.property(hostileFrames, cuts, (frames, sizes) => {
        for (const message of read(bytesOf(frames, CALL_ID), sizes)) {
          expect(Object.getPrototypeOf(message)).toBe(Object.prototype);
          expect(decodeWorkerMessage(JSON.parse(JSON.stringify(message)))).toEqual(message);
        }
      }),
      { numRuns: PARSED_RUNS },
    );
  });

  it('does not depend on where the stream is cut', () => {
    fc.assert(
      fc.property(hostileFrames, cuts, (frames, sizes) => {
        const stream = bytesOf(frames, CALL_ID);
        expect(read(stream, sizes)).toEqual(read(stream, [stream.length]));
      }),
      { numRuns: PARSED_RUNS / 3 },
    );
  });
});

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

/** Memory behind buffers that are alive, after a collection. */
function bufferBytes(): number {
  if (typeof collectGarbage === 'function') collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

describe('IP-134 the memory of the host', () => {
  it('grows with what has arrived, never with what was claimed', () => {
    const claim = fc.record({
      total: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      head: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    });
    fc.assert(
      fc.property(fc.array(claim, { minLength: 20, maxLength: 20 }), (claims) => {
        const before = bufferBytes();
        const parsers = claims.map(({ total, head }) => {
          const parser = new FrameParser({ headBytes: 2 ** 32, bodyBytes: 2 ** 32 });
          const bytes = Buffer.alloc(8);
          bytes.writeUInt32LE(total, 0);
          bytes.writeUInt32LE(head, 4);
          try {
            for (const _ of parser.push(bytes));
          } catch (error) {
            if (!(error instanceof FrameRefused)) throw error;
          }
          return parser;
        });
        expect(bufferBytes() - before).toBeLessThan(parsers.length * 4_096);
      }),
      { numRuns: 20 },
    );
  });
});

describe('IP-140 any conversation with the host', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ spares: 2 }, HOSTILE);
  });
  afterAll(async () => {
    await sandbox.expectUnharmed();
    await sandbox[Symbol.asyncDispose]();
  });

  it(
    `ends each of ${PLAYED_RUNS} calls once, with a code of the host’s own or as a violation`,
    async () => {
      const prototypes = ownKeysOfPrototypes();
      await fc.assert(
        fc.asyncProperty(hostileFrames, async (frames) => {
          const bytes = bytesOf(frames, CALL_ID).toString('base64');
          const program = `raw(Buffer.from('${bytes}', 'base64')); process.reallyExit(0);`;
          const code = await codeOf(sandbox, program);
          expect([undefined, 'ERR_CARAPACE_PROTOCOL_VIOLATION', ...Object.keys(RESULT_CODES)]).toContain(code);
        }),
        { numRuns: PLAYED_RUNS, endOnFailure: true },
      );
      expect(ownKeysOfPrototypes()).toEqual(prototypes);
      await sandbox.expectSettled();
    },
    30_000 + PLAYED_RUNS * 2_000,
  );
});

async function codeOf({ runtime }: Sandbox, program: string): Promise<unknown> {
  await using skill = await runtime.load(skillOf({ id: 'IP-140', title: 'any', module: program }));
  try {
    return (await skill.call('attack', {}, { ...callOptions(), callId: CALL_ID })).code;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}
