import type { BudgetCode, BudgetUsage } from '../../budget/call-budget.ts';
import type { GuestFailure, LogLevel } from '../../protocol/messages.ts';
import type { CallUsage } from './watchdog.ts';

/** How the run of one call in its worker ended, before anything is sanitised or tagged. */
export type CallOutcome =
  /** JSON text as the worker sent it, within the output budget; not yet parsed, not yet checked against the schema. */
  | { readonly kind: 'value'; readonly json: string }
  /** The skill's own failure, in its own words. */
  | { readonly kind: 'failure'; readonly failure: GuestFailure }
  | { readonly kind: 'spent'; readonly code: BudgetCode }
  /** The process ended by itself. The text comes from the kernel's exit status. */
  | { readonly kind: 'crashed'; readonly description: string }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'violation'; readonly rule: string; readonly detail: string }
  /** Something of the host's own failed (audit sink, broker): the caller's promise rejects with it. */
  | { readonly kind: 'host-failed'; readonly cause: unknown };

export interface CallEnd {
  readonly outcome: CallOutcome;
  readonly usage: CallUsage & BudgetUsage;
  readonly worker: CallWorker;
  /** Mounts from which the broker handed anything out. */
  readonly mounts: readonly string[];
  /** Hosts to which the broker sent anything. */
  readonly hosts: readonly string[];
  readonly logs: readonly { readonly level: LogLevel; readonly text: string }[];
}

/** What became of the worker of a call. */
export type CallWorker =
  /** It waits for the next call of the same skill, grants and tenant. */
  | { readonly kept: true; readonly pid: number }
  /** Why it ended, and the signal that ended it: the host's SIGKILL, or the one it died of by itself. */
  | { readonly kept: false; readonly pid: number; readonly reason: string; readonly signal: string }
  /** The call's time was spent before it had one. */
  | undefined;
