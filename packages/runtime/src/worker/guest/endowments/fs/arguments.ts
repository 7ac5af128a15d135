import { FS_OPEN_FLAGS, type FsOpenFlags } from '../../../../protocol/messages.ts';
import { WIRE_LIMITS } from '../../../guest-wire.ts';
import { SafeMap } from '../../collections.ts';
import { createFsError } from '../../fs-error.ts';
import {
  defineValue,
  NumberOf,
  RangeErrorOf,
  ReflectGet,
  StringOf,
  StringPrototypeIndexOf,
  StringPrototypeToLowerCase,
  TypeErrorOf,
} from '../../primordials.ts';

/** How bytes are spelled as text. Bytes as such: nothing. */
export type Encoding = 'utf8' | 'base64' | 'hex' | undefined;

/** Number.MAX_SAFE_INTEGER, which a skill could have replaced by now. */
const MAX_INTEGER = 9_007_199_254_740_991;

const ENCODINGS = new SafeMap<string, Encoding>();
ENCODINGS.set('utf8', 'utf8');
ENCODINGS.set('utf-8', 'utf8');
ENCODINGS.set('base64', 'base64');
ENCODINGS.set('hex', 'hex');
ENCODINGS.set('buffer', undefined);

const FLAGS = new SafeMap<string, FsOpenFlags>();
for (let index = 0; index < FS_OPEN_FLAGS.length; index += 1) {
  const flag = FS_OPEN_FLAGS[index];
  if (flag !== undefined) FLAGS.set(flag, flag);
}
// Every operation is finished when it is answered, so the synchronous forms are the same.
FLAGS.set('rs', 'r');
FLAGS.set('rs+', 'r+');
FLAGS.set('as', 'a');
FLAGS.set('as+', 'a+');

/** Reads one option, once: an option may be a getter (BD-101). */
export function option(options: unknown, key: string): unknown {
  return typeof options === 'object' && options !== null ? ReflectGet(options, key) : undefined;
}

/** `'utf8'` stands for `{ encoding: 'utf8' }`. */
export function encodingOption(options: unknown): Encoding {
  return toEncoding(typeof options === 'string' ? options : option(options, 'encoding'));
}

export function toPath(value: unknown, name: 'path' | 'dest' = 'path'): string {
  if (typeof value !== 'string') throw wrongType(name, 'a string');
  if (StringPrototypeIndexOf(value, '\0') !== -1) throw wrongValue(name, 'it contains NUL');
  if (value.length > WIRE_LIMITS.pathLength) throw createFsError('ENAMETOOLONG', 'name too long', 'open', '…');
  return value;
}

export function toEncoding(value: unknown): Encoding {
  if (value === undefined || value === null) return undefined;
  const label = StringPrototypeToLowerCase(StringOf(value));
  if (ENCODINGS.has(label)) return ENCODINGS.get(label);
  throw wrongValue('encoding', `"${label}" is not supported, use utf8, base64 or hex, or TextDecoder on the bytes`);
}

export function toFlags(value: unknown, fallback: FsOpenFlags): FsOpenFlags {
  if (value === undefined || value === null) return fallback;
  const flags = typeof value === 'string' ? FLAGS.get(value) : undefined;
  if (flags === undefined) throw wrongValue('flags', 'it is not one of r r+ w wx w+ wx+ a ax a+ ax+');
  return flags;
}

/** A whole number from zero to `maximum`. */
export function toInteger(name: string, value: unknown, fallback: number, maximum: number = MAX_INTEGER): number {
  if (value === undefined || value === null) return fallback;
  const figure = typeof value === 'bigint' ? NumberOf(value) : value;
  if (typeof figure !== 'number') throw wrongType(name, 'a number');
  // NaN fails the comparisons as well.
  if (figure >= 0 && figure <= maximum && figure % 1 === 0) return figure;
  throw coded(
    new RangeErrorOf(`Cannot use "${name}": it is not a whole number from 0 to ${StringOf(maximum)}`),
    'ERR_OUT_OF_RANGE',
  );
}

/** Where in a file; nothing for "go on where the last operation ended", which Node also spells `null` and -1. */
export function toPosition(value: unknown): number | undefined {
  if (value === undefined || value === null || value === -1 || value === -1n) return undefined;
  return toInteger('position', value, 0);
}

export function wrongType(name: string, expected: string): Error {
  return coded(new TypeErrorOf(`Cannot use "${name}": it is not ${expected}`), 'ERR_INVALID_ARG_TYPE');
}

export function wrongValue(name: string, why: string): Error {
  return coded(new TypeErrorOf(`Cannot use "${name}": ${why}`), 'ERR_INVALID_ARG_VALUE');
}

function coded(error: Error, code: string): Error {
  defineValue(error, 'code', code, true);
  return error;
}
