import { createHash } from 'node:crypto';
import type { AuditCall, AuditEntry } from '../../audit/audit-event.ts';
import { auditConstant } from '../../audit/stamp-event.ts';
import type { BrokerOp } from '../../protocol/messages.ts';
import type { ProtectionInForce } from '../../result/provenance.ts';
import type { BrokerAnswer } from '../broker/broker.ts';
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
      // A timer is no effect on anything; recording each would only bury the decisions.
      if (op.family !== 'timer')
        recorder.record({ kind: 'broker-decision', ...identity, ...describeDecision(op, answer) });
    },
  };
}

type DecisionFields = Omit<Extract<AuditEntry, { kind: 'broker-decision' }>, 'kind' | keyof AuditCall>;

function describeDecision(op: BrokerOp, answer: BrokerAnswer): DecisionFields {
  const base = { op: `${op.family}.${op.method}`, target: 'path' in op ? op.path : '', ...trailFields(answer) };
  if (answer.kind === 'done') return { ...base, decision: 'allow' };
  return { ...base, decision: 'deny', code: answer.code, rule: answer.rule };
}

function trailFields({ trail }: BrokerAnswer): Pick<DecisionFields, 'containment' | 'bytes'> {
  return trail === undefined ? {} : { containment: trail.containment, bytes: trail.bytes };
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
