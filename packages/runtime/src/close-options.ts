/** How to close a runtime or a skill handle. */
export interface CloseOptions {
  /**
   * How long calls that run or wait may go on, in ms. New ones are refused at once; what has not ended by then is aborted.
   * Default 0: everything is aborted at once.
   */
  readonly graceMs?: number;
}

/** Resolves when all have settled or the time is up. Never rejects. */
export async function settledWithin(running: Iterable<Promise<unknown>>, graceMs: number): Promise<void> {
  const { promise: timeIsUp, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, graceMs);
  await Promise.race([Promise.allSettled(running), timeIsUp]);
  clearTimeout(timer);
}
