import { isInstance, ReflectGet, TypeErrorOf } from '../../primordials.ts';
import { AbortSignal, abortedReason } from '../abort.ts';

const NO_OPTIONS: object = { __proto__: null };

/** @throws {TypeError} when there is something and it is no object. */
export function toOptions(init: unknown, kind: 'Request' | 'Response'): object {
  if (init === undefined || init === null) return NO_OPTIONS;
  if (typeof init === 'object' || typeof init === 'function') return init;
  throw new TypeErrorOf(`Cannot create ${kind}: the options are not an object`);
}

/** The raw body; `half` says whether the skill knows that a stream is sent before the response is read. */
export interface BodyOption {
  readonly value: unknown;
  readonly half: boolean;
}

export function readBodyOption(options: object): BodyOption {
  const value: unknown = ReflectGet(options, 'body');
  const duplex: unknown = ReflectGet(options, 'duplex');
  if (duplex !== undefined && duplex !== 'half') {
    throw new TypeErrorOf('Cannot create Request: the only "duplex" there is is "half"');
  }
  return { value, half: duplex === 'half' };
}

/** The signal to follow: that of the options, none if they say null, otherwise the inherited one. */
export function readSignal(options: object, inherited: AbortSignal | undefined): AbortSignal | undefined {
  const signal: unknown = ReflectGet(options, 'signal');
  if (signal === undefined) return inherited;
  if (signal === null) return undefined;
  // It throws for what is none, whatever its prototype.
  abortedReason(signal);
  if (!isInstance(AbortSignal, signal)) throw new TypeErrorOf('Cannot use signal: it is not an AbortSignal');
  return signal;
}
