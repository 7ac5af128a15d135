import type { WorkerProfile } from './spawn-worker.ts';

/** What a call needs to run, and in whose turn it waits. */
export interface LeaseRequest {
  readonly profile: WorkerProfile;
  /** For whom the call is. Turns go round over tenants first. */
  readonly tenant: string;
  /** The skill's digest: turns of a tenant go round over its skills. */
  readonly skill: string;
  /** Size of the heap the worker will be allowed, in MiB. */
  readonly memoryMiB: number;
  /** Ends the wait: deadline, caller, closing handle. The promise rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}
