import { isCarapaceError } from '@carapace/manifest/base';
import type { AuditCall } from '../../audit/audit-event.ts';
import type { ToolResult } from '../../result/tool-result.ts';
import type { RetiredWorker } from '../lease/lease.ts';
import type { CallEnd } from './call-outcome.ts';
import { emptyUsage } from './empty-usage.ts';
import type { LoadedSkill } from './loaded-skill.ts';
import type { AuditRecorder } from './record-call.ts';
import { limitOf, usedOf } from './spent-figures.ts';

/** Writes how the run in the worker ended: the violation or the spent budget first, then the kill, if there was one. */
export function recordRun(recorder: AuditRecorder, identity: AuditCall, end: CallEnd, { limits }: LoadedSkill): void {
  const { outcome, worker } = end;
  if (outcome.kind === 'violation' && worker !== undefined) {
    recorder.record({ kind: 'protocol-violation', ...identity, violation: outcome.rule, pid: worker.pid });
  }
  if (outcome.kind === 'spent') {
    const { code } = outcome;
    recorder.record({ kind: 'budget-spent', ...identity, code, limit: limitOf(code, limits), used: usedOf(code, end) });
  }
  if (worker?.kept === false) {
    const { reason, signal, pid } = worker;
    recorder.record({ kind: 'worker-killed', ...identity, reason, signal, pid });
  }
}

/**
 * Writes that a worker ended which had outlived its call. Nobody can be told that the sink has failed, because no call is
 * under way; the next call finds out, and does not start.
 */
export function recordRetired(
  recorder: AuditRecorder,
  { installed }: LoadedSkill,
  { pid, reason }: RetiredWorker,
): void {
  const { manifest, digest } = installed;
  const skill = { skill: manifest.name, version: manifest.version, digest };
  try {
    recorder.record({ kind: 'worker-killed', ...skill, reason, signal: 'SIGKILL', pid });
  } catch (error) {
    if (!isCarapaceError(error)) throw error;
  }
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
