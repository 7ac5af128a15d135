import type { ProtectionReport } from '../../protection/protection-report.ts';
import type { CallAudit } from './call-audit.ts';
import type { CallEnd } from './call-outcome.ts';
import type { LoadedSkill } from './loaded-skill.ts';

/** One call, decided and validated: nothing in it needs another permission check. */
export interface CallRequest {
  readonly skill: LoadedSkill;
  readonly callId: string;
  readonly tool: string;
  readonly inputJson: string;
  readonly audit: CallAudit;
  readonly signal?: AbortSignal;
}

export interface ExecutedCall {
  readonly end: CallEnd;
  /** The wall that stood around this very call, from its own worker's launch report. */
  readonly protection: ProtectionReport;
}

/**
 * Where calls run. The embedded executor uses workers of this process; another one can hand the same request to a worker
 * elsewhere, because nothing above this seam knows a process.
 */
export interface CallExecutor {
  execute(request: CallRequest): Promise<ExecutedCall>;
}
