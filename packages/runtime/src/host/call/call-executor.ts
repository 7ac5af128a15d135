import type { Isolation } from '@carapace/manifest';
import type { ProtectionReport } from '../../protection/protection-report.ts';
import type { CallAudit } from './call-audit.ts';
import type { CallEnd } from './call-outcome.ts';
import type { LoadedSkill } from './loaded-skill.ts';
import type { UpdateSink } from './update-sink.ts';

/** One call, decided and validated: nothing in it needs another permission check. */
export interface CallRequest {
  readonly skill: LoadedSkill;
  readonly callId: string;
  readonly tool: string;
  readonly inputJson: string;
  readonly isolation: Isolation;
  /** On whose behalf: no worker ever serves two of them. */
  readonly tenant: string;
  /** Which session of the tenant; set exactly for the `session` isolation. */
  readonly session?: string;
  /** When the call was accepted, by the runtime's clock: its deadline counts from here, waiting for a worker included. */
  readonly startedAt: number;
  readonly audit: CallAudit;
  readonly updates?: UpdateSink;
  readonly signal?: AbortSignal;
}

export interface ExecutedCall {
  readonly end: CallEnd;
  /** The wall that stood around this very call, from its own worker's launch report; none when it never had a worker. */
  readonly protection: ProtectionReport | undefined;
}

/**
 * Where calls run. The embedded executor uses workers of this process; another one can hand the same request to a worker
 * elsewhere, because nothing above this seam knows a process.
 */
export interface CallExecutor {
  execute(request: CallRequest): Promise<ExecutedCall>;
  /** The skill is closed: workers that were kept for it end. */
  forget(skill: LoadedSkill): void;
}
