/** Options of one call. */
export interface CallOptions {
  /** Id of the model's tool call, which the result answers (`toolu_…`). Default: a random one. 1 to 256 printable ASCII characters. */
  readonly callId?: string;
  /**
   * Aborting fires the guest's `context.signal` and kills the worker 100 ms later; the result has the code
   * ERR_CARAPACE_CALL_ABORTED.
   */
  readonly signal?: AbortSignal;
}

const CALL_ID = /^[\x21-\x7e]{1,256}$/;

/** The id travels into frames, records and provider blocks, so it is checked once, here. Throws TypeError. */
export function checkCallId(callId: string): string {
  if (CALL_ID.test(callId)) return callId;
  throw new TypeError('Cannot use call id: not 1 to 256 printable ASCII characters');
}
