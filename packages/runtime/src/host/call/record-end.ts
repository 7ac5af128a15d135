import { isCarapaceError } from '@carapace/manifest';
import type { AuditCall } from '../../audit/audit-event.ts';
import type { ToolResult } from '../../result/tool-result.ts';
import type { CallEnd } from './call-outcome.ts';
import { emptyUsage } from './empty-usage.ts';
import type { LoadedSkill } from './loaded-skill.ts';
import type { AuditRecorder } from './record-call.ts';
import { limitOf, usedOf } from './spent-figures.ts';

/** Writes how the run in the worker ended: the violation or the spent budget first, then the kill. */
export function recordRun(recorder: AuditRecorder, identity: AuditCall, end: CallEnd, { limits }: LoadedSkill): void {
  const { outcome, pid, reason, signal } = end;
  if (outcome.kind === 'violation') {
    recorder.record({ kind: 'protocol-violation', ...identity, violation: outcome.rule, pid });
  }
  if (outcome.kind === 'spent') {
    const { code } = outcome;
    recorder.record({ kind: 'budget-spent', ...identity, code, limit: limitOf(code, limits), used: usedOf(code, end) });
  }
  recorder.record({ kind: 'worker-killed', ...identity, reason, signal, pid });
}

/** Writes that a call ended with a result, whether or not it ever ran. */
export function recordResult(recorder: AuditRecorder, identity: AuditCall, tool: string, result: ToolResult): void {
  const { code, usage, receiptId } = result;
  recorder.record({ kind: 'call-end', ...identity, tool, outcome: code ?? 'ok', usage, receipt: receiptId });
}

/** Writes that a call ended by rejecting: the gateway, not the model, has to act. */
export function recordRejection(
  recorder: AuditRecorder,
  identity: AuditCall,
  tool: string,
  failed: { readonly error: unknown; readonly end: CallEnd | undefined; readonly receipt: string },
): void {
  recorder.record({
    kind: 'call-end',
    ...identity,
    tool,
    outcome: 'rejected',
    ...(isCarapaceError(failed.error) ? { code: failed.error.code } : {}),
    usage: failed.end?.usage ?? emptyUsage(),
    receipt: failed.receipt,
  });
}
