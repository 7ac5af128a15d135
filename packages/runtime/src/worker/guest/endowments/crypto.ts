import { WIRE_LIMITS } from '../../guest-wire.ts';
import { decodeBase64, encodeBase64 } from '../base64.ts';
import { bytesOf } from '../bytes.ts';
import { SafeSet } from '../collections.ts';
import type { Endowment } from '../endowment.ts';
import { ask, createRefusal, tryAsk } from '../host-call.ts';
import {
  PromiseOf,
  StringOf,
  StringPrototypeToUpperCase,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeGetName,
  TypedArrayPrototypeSet,
} from '../primordials.ts';
import { DOMException } from './dom-exception.ts';

const INTEGER_ARRAYS = new SafeSet<string>();
INTEGER_ARRAYS.add('Int8Array');
INTEGER_ARRAYS.add('Uint8Array');
INTEGER_ARRAYS.add('Uint8ClampedArray');
INTEGER_ARRAYS.add('Int16Array');
INTEGER_ARRAYS.add('Uint16Array');
INTEGER_ARRAYS.add('Int32Array');
INTEGER_ARRAYS.add('Uint32Array');
INTEGER_ARRAYS.add('BigInt64Array');
INTEGER_ARRAYS.add('BigUint64Array');

/** Web Crypto §10.1.1. */
function getRandomValues<View>(array: View): View {
  if (!INTEGER_ARRAYS.has(TypedArrayPrototypeGetName(array) ?? '')) {
    throw new DOMException('Cannot fill: the value is not an integer typed array', 'TypeMismatchError');
  }
  const bytes = bytesOf(array, 'fill');
  const length = TypedArrayPrototypeGetByteLength(bytes);
  if (length > WIRE_LIMITS.randomBytes) {
    throw new DOMException(`Cannot fill: more than ${WIRE_LIMITS.randomBytes} bytes`, 'QuotaExceededError');
  }
  if (length > 0) TypedArrayPrototypeSet(bytes, decodeBase64(ask('random', StringOf(length))));
  return array;
}

function randomUUID(): string {
  return ask('uuid', '');
}

/** Web Crypto §14.3.5 for SHA-1 and the SHA-2 family; the only part of `subtle` that needs no key. */
function digest(algorithm: unknown, data: unknown): Promise<ArrayBuffer> {
  return new PromiseOf((resolve) => {
    const named =
      typeof algorithm === 'object' && algorithm !== null && 'name' in algorithm ? algorithm.name : algorithm;
    const name = StringPrototypeToUpperCase(StringOf(named));
    const answer = tryAsk('digest', `${name}\n${encodeBase64(bytesOf(data, 'digest'))}`);
    if (answer.ok) return resolve(decodeBase64(answer.payload).buffer);
    if (answer.code !== 'invalid') throw createRefusal(answer.code);
    throw new DOMException('Cannot digest: the algorithm is not known', 'NotSupportedError');
  });
}

export const crypto: Endowment = {
  names: ['crypto'],
  install: () => ({ crypto: { getRandomValues, randomUUID, subtle: { digest } } }),
};
