import { defineValue, TypeErrorOf } from '../../primordials.ts';
import { rejected } from './promise-chain.ts';

/** What Node throws for a function that a platform does not have. */
function unavailableError(name: string): Error {
  const error = new TypeErrorOf(`Cannot call "${name}": a skill does not have it`);
  defineValue(error, 'code', 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', true);
  return error;
}

/**
 * A function that exists and always rejects, so that a library which merely mentions it can be loaded (FS-192).
 */
export function unavailable(name: string): () => Promise<never> {
  return () => rejected(unavailableError(name));
}

/** The same for functions that answer at once. */
export function unavailableNow(name: string): () => never {
  return () => {
    throw unavailableError(name);
  };
}
