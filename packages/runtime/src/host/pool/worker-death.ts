/** How a worker ended, from the kernel's report alone. What the worker said on its way out is not part of it. */
export interface WorkerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Why the host ended a worker. Decided before the kill and never changed by anything the worker does afterwards. */
export type KillReason =
  | 'call-ended'
  | 'budget'
  | 'aborted'
  | 'protocol'
  | 'start-timeout'
  | 'audit-failed'
  | 'host-failed'
  /** A worker that had outlived its call and was not to serve another. */
  | 'retired'
  | 'closed';

/** One sentence for an exit that nobody ordered. */
export function describeExit({ code, signal }: WorkerExit): string {
  if (signal === 'SIGSYS') return 'killed by the system-call filter (SIGSYS)';
  if (signal === 'SIGXCPU') return 'killed by the kernel’s processor limit (SIGXCPU)';
  if (signal !== null) return `ended by ${signal}`;
  return `exited with code ${code ?? 'unknown'}`;
}
