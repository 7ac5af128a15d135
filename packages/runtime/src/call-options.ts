import type { Isolation } from '@carapace/manifest';
import type { CallUpdate } from './result/call-update.ts';

/** Options of one call. */
export interface CallOptions {
  /** Id of the model's tool call, which the result answers (`toolu_…`). Default: a random one. 1 to 256 printable ASCII characters. */
  readonly callId?: string;
  /**
   * Aborting fires the guest's `context.signal` and kills the worker 100 ms later; the result has the code
   * ERR_CARAPACE_CALL_ABORTED.
   */
  readonly signal?: AbortSignal;
  /**
   * Told how far the call has come and given a preview of its result, piece by piece, before the promise resolves: at most some
   * twenty times a second, nothing after an abort. As untrusted as the result, and not checked against the tool's output
   * schema. Not awaited; what it throws or rejects with becomes one process warning per call and does not touch the call.
   */
  readonly onUpdate?: (update: CallUpdate) => void | Promise<void>;
  /** A stronger isolation than the skill was loaded with, for this call. */
  readonly isolation?: Isolation;
  /**
   * On whose behalf the call is made, for instance a user of the gateway: 1 to 256 printable ASCII characters. Two tenants never
   * share a worker, and a busy one does not delay the others. Default `default`.
   */
  readonly tenant?: string;
  /**
   * Which session of the tenant the call belongs to, written like a tenant. Only the `session` isolation looks at it: calls of one
   * session run one after the other and find what the earlier ones left. Without it a call runs under `skill`.
   */
  readonly session?: string;
}

const PRINTABLE = /^[\x21-\x7e]{1,256}$/;

/** The id travels into frames, records and provider blocks, so it is checked once, here. Throws TypeError. */
export function checkCallId(callId: string): string {
  return checkName('call id', callId);
}

/** A tenant or a session: part of the key by which workers are kept apart. Throws TypeError. */
export function checkName(what: 'call id' | 'tenant' | 'session', name: string): string {
  if (PRINTABLE.test(name)) return name;
  throw new TypeError(`Cannot use ${what}: not 1 to 256 printable ASCII characters`);
}
