import { isCarapaceError } from '@carapace/manifest';
import type { AuditCall } from '../../audit/audit-event.ts';
import type { ToolResult } from '../../result/tool-result.ts';
import type { CallEnd } from './call-outcome.ts';
import { emptyUsage } from './empty-usage.ts';
import type { LoadedSkill } from './loaded-skill.ts';
import type { AuditRecorder } from './record-call.ts';
import { limitOf, usedOf } from './spent-figures.ts';

export type EndOfCall =
  | { readonly kind: 'settled'; readonly result: ToolResult; readonly end: CallEnd; readonly skill: LoadedSkill }
  | {
      readonly kind: 'rejected';
      readonly error: unknown;
      readonly end: CallEnd | undefined;
      readonly receipt: string;
      readonly skill: LoadedSkill;
    };

/** Writes what a call came to: the violation or the spent budget first, then its end with the figures. */
export function recordEnd(recorder: AuditRecorder, identity: AuditCall, tool: string, ended: EndOfCall): void {
  const outcome = ended.end?.outcome;
  if (outcome?.kind === 'violation')
    recorder.record({ kind: 'protocol-violation', ...identity, violation: outcome.rule, pid: ended.end?.pid ?? 0 });
  if (outcome?.kind === 'spent' && ended.end !== undefined) {
    const { code } = outcome;
    recorder.record({
      kind: 'budget-spent',
      ...identity,
      code,
      limit: limitOf(code, ended.skill.limits),
      used: usedOf(code, ended.end),
    });
  }
  if (ended.end !== undefined) {
    recorder.record({
      kind: 'worker-killed',
      ...identity,
      reason: ended.end.reason,
      signal: ended.end.signal,
      pid: ended.end.pid,
    });
  }
  if (ended.kind === 'settled') {
    const { result } = ended;
    recorder.record({
      kind: 'call-end',
      ...identity,
      tool,
      outcome: result.code ?? 'ok',
      usage: result.usage,
      receipt: result.receiptId,
    });
    return;
  }
  const code = isCarapaceError(ended.error) ? { code: ended.error.code } : {};
  recorder.record({
    kind: 'call-end',
    ...identity,
    tool,
    outcome: 'rejected',
    ...code,
    usage: ended.end?.usage ?? emptyUsage(),
    receipt: ended.receipt,
  });
}
