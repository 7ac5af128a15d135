import { createHash } from 'node:crypto';
import type { AuditCall, AuditEntry } from '../../audit/audit-event.ts';
import { auditConstant } from '../../audit/stamp-event.ts';
import type { BrokerOp } from '../../protocol/messages.ts';
import type { ProtectionInForce } from '../../result/provenance.ts';
import type { EffectAnswer } from '../broker/effect.ts';
import type { CallAudit } from './call-audit.ts';
import type { LoadedSkill } from './loaded-skill.ts';

export interface AuditRecorder {
  record(entry: AuditEntry): void;
}

/** The identity that every record of a call carries, from the host's own knowledge. */
export function auditCall({ installed }: LoadedSkill, call: string): AuditCall {
  const { manifest, digest } = installed;
  return { skill: manifest.name, version: manifest.version, digest, call };
}

export function createCallAudit(recorder: AuditRecorder, identity: AuditCall): CallAudit {
  return {
    log: (level, text) => recorder.record({ kind: 'log', ...identity, level, text }),
    decision: (op, answer) => {
      const decision = describeDecision(op, answer);
      if (decision !== undefined) recorder.record({ kind: 'broker-decision', ...identity, ...decision });
    },
  };
}

type DecisionFields = Omit<Extract<AuditEntry, { kind: 'broker-decision' }>, 'kind' | keyof AuditCall>;

/** Nothing for what is no effect on anything, such as a timer, and for a piece of a stream: each would bury the decisions. */
function describeDecision(op: BrokerOp, answer: EffectAnswer): DecisionFields | undefined {
  if (op.family === 'timer') return undefined;
  if (op.family !== 'skill' && answer.kind === 'done' && answer.trail === undefined) return undefined;
  const { target = '', containment, bytes, secrets } = answer.trail ?? {};
  const base = {
    op: `${op.family}.${op.method}`,
    target,
    ...(containment === undefined ? {} : { containment }),
    ...(bytes === undefined ? {} : { bytes }),
    ...(secrets === undefined ? {} : { secrets }),
  };
  if (answer.kind === 'done') return { ...base, decision: 'allow' };
  const { code, rule, remedy } = answer;
  return { ...base, decision: 'deny', code, rule, ...(remedy === undefined ? {} : { remedy }) };
}

/** Digest instead of the input itself, which may hold what does not belong in a log. */
export function startRecord(
  identity: AuditCall,
  tool: string,
  inputJson: string,
  skill: LoadedSkill,
  protection: ProtectionInForce,
): AuditEntry {
  const inputDigest = `sha256-${createHash('sha256').update(inputJson).digest('hex')}`;
  return { kind: 'call-start', ...identity, tool, inputDigest, limits: auditConstant(skill.limits), protection };
}
