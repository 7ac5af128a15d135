import { CircuitBreaker } from './circuit-breaker.ts';

/** Three boots that fail in a row are no accident: the machine is out of something, or forbids it. */
const RULES = { threshold: 3, firstMs: 100, longestMs: 30_000 } as const;

/**
 * Keeps a pool from starting processes that die at their start, one after the other, as fast as the machine can. One per worker
 * profile: boots of one kind may fail while another kind comes up.
 */
export function createBootBreaker(): CircuitBreaker {
  return new CircuitBreaker(RULES);
}
