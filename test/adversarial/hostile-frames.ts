import { encodeFrame } from '@carapace/runtime/testing';
import fc from 'fast-check';

/** One frame as a liar makes it: a head that may be valid, then broken; a body; a prefix that may not fit. */
export interface HostileFrame {
  readonly head: string;
  readonly body: Uint8Array;
  readonly prefix: PrefixLie;
}

type PrefixLie =
  | { readonly kind: 'true' }
  | { readonly kind: 'length'; readonly total: number }
  | { readonly kind: 'head'; readonly head: number };

const UINT32 = 2 ** 32 - 1;
const id = fc.oneof(fc.integer({ min: -1, max: 12 }), fc.maxSafeNat());
const word = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom('__proto__', 'constructor', '/docs/a.txt', '../..', '\ud800', '\0'),
);
const call = fc.oneof(fc.constant('CALL'), word);

const op = fc.oneof(
  fc.record({ family: fc.constant('fs'), method: fc.constantFrom('readFile', 'readdir', 'stat'), path: word }),
  fc.record({
    family: fc.constant('fs'),
    method: fc.constant('access'),
    path: word,
    mode: fc.constantFrom('exists', 'read', 'write', 'all'),
  }),
  fc.record({ family: fc.constant('timer'), method: fc.constant('sleep'), delayMs: fc.integer({ min: -1, max: 5 }) }),
  fc.constant({ family: 'skill', method: 'sourceMap' }),
  fc.record({ family: word, method: word }),
);
const failure = fc.record({
  stage: fc.constantFrom('load', 'entry', 'run', 'output', 'host'),
  name: word,
  message: word,
  stack: word,
});

/** A message of the protocol, right in every field or nearly so. */
const message: fc.Arbitrary<object> = fc.oneof(
  fc.constantFrom({ kind: 'loaded' }, { kind: 'renewed' }, { kind: 'engine-lost' }, { kind: 'ready', version: 1 }),
  fc.record({ kind: fc.constant('request'), id, op }),
  fc.record({ kind: fc.constant('cancel'), id }),
  fc.record({
    kind: fc.constant('log'),
    level: fc.constantFrom('debug', 'info', 'warn', 'error', 'audit'),
    text: word,
  }),
  fc.record(
    { kind: fc.constant('progress'), progress: fc.double(), total: fc.double(), message: word },
    { requiredKeys: ['kind', 'message'] },
  ),
  fc.record({ kind: fc.constant('partial'), text: word }),
  fc.record({ kind: fc.constant('result'), call, ok: fc.constant(true) }),
  fc.record({ kind: fc.constant('result'), call, ok: fc.constant(false), failure }),
  fc.record({ kind: word }),
);

/** The JSON of a message with one fault: a field too many, of another type, twice, or a text that is no JSON any more. */
const head: fc.Arbitrary<string> = fc
  .tuple(message, fc.jsonValue({ maxDepth: 3 }), fc.nat({ max: 11 }), word)
  .map(([valid, value, fault, key]) => {
    const text = JSON.stringify(valid);
    const extra = `${text.slice(0, -1)},${JSON.stringify(key)}:${JSON.stringify(value)}}`;
    switch (fault) {
      case 0:
        return extra;
      case 1:
        return text.replace(/:(?:"[^"]*"|[\d.e+-]+|true|false)/, () => `:${JSON.stringify(value)}`);
      case 2:
        return text.slice(0, -1);
      case 3:
        return text.replace('{', `{"__proto__":${JSON.stringify(value)},`);
      case 4:
        return JSON.stringify(value);
      case 5:
        return text.replace(/\d+/, '1e400');
      default:
        return text;
    }
  });

const prefix: fc.Arbitrary<PrefixLie> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<PrefixLie>({ kind: 'true' }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: UINT32 }).map((total): PrefixLie => ({ kind: 'length', total })) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 0, max: UINT32 }).map((length): PrefixLie => ({ kind: 'head', head: length })),
  },
);

const body = fc.oneof(
  { weight: 6, arbitrary: fc.constant(new Uint8Array(0)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
);

/** Conversations of a hostile worker, of which the first fault may be anywhere. */
export const hostileFrames: fc.Arbitrary<readonly HostileFrame[]> = fc.array(fc.record({ head, body, prefix }), {
  minLength: 1,
  maxLength: 12,
});

/** The bytes of a conversation, in which `CALL` stands for the id of the call. */
export function bytesOf(frames: readonly HostileFrame[], callId: string): Buffer {
  return Buffer.concat(
    frames.map((frame) => {
      const head = Buffer.from(frame.head.replaceAll('"CALL"', JSON.stringify(callId)));
      const bytes = Buffer.concat([encodeFrame({}, new Uint8Array(0)).subarray(0, 8), head, frame.body]);
      bytes.writeUInt32LE(4 + head.length + frame.body.length, 0);
      bytes.writeUInt32LE(head.length, 4);
      if (frame.prefix.kind === 'length') bytes.writeUInt32LE(frame.prefix.total, 0);
      if (frame.prefix.kind === 'head') bytes.writeUInt32LE(frame.prefix.head, 4);
      return bytes;
    }),
  );
}
