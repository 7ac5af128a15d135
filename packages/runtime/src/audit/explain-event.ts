import { assertNever } from '@carapace/manifest/base';
import { sanitiseText } from '../result/sanitise-text.ts';
import type {
  AuditEvent,
  BrokerDecided,
  BudgetSpent,
  CallEnded,
  CallStarted,
  ProtocolViolated,
  RecordsSuppressed,
  RuntimeClosed,
  RuntimeStarted,
  SelfTestRan,
  WorkerKilled,
} from './audit-event.ts';

/** One line for a person. Text of a skill stands in quotes; nothing in it can break out of the line. */
export function explainEvent(event: AuditEvent): string {
  const call = 'call' in event && event.call !== undefined ? ` [${toLine(event.call)}]` : '';
  return `#${event.seq} ${event.time}${call} ${explain(event)}`;
}

function explain(event: AuditEvent): string {
  return isAboutRuntime(event) ? explainRuntime(event) : explainSkill(event);
}

type RuntimeEvent = Extract<AuditEvent, RuntimeStarted | SelfTestRan | RuntimeClosed>;

function isAboutRuntime(event: AuditEvent): event is RuntimeEvent {
  return event.kind === 'runtime-start' || event.kind === 'self-test' || event.kind === 'runtime-close';
}

function explainSkill(event: Exclude<AuditEvent, RuntimeEvent>): string {
  switch (event.kind) {
    case 'skill-loaded':
      return `loaded ${toLine(event.skill)}@${toLine(event.version)} (${toLine(event.origin)}), ${explainList('may', event.grants, 'no permissions')}`;
    case 'call-start':
      return explainCallStart(event);
    case 'broker-decision':
      return explainDecision(event);
    case 'log':
      return `skill log, ${event.level}: ${quote(event.text)}`;
    case 'budget-spent':
    case 'worker-killed':
    case 'protocol-violation':
      return explainStop(event);
    case 'call-end':
      return explainCallEnd(event);
    case 'suppressed':
      return explainSuppressed(event);
    default:
      return assertNever(event, 'audit event');
  }
}

function explainRuntime(event: RuntimeEvent): string {
  switch (event.kind) {
    case 'runtime-start':
      return explainStart(event);
    case 'self-test':
      return explainSelfTest(event);
    case 'runtime-close':
      return `runtime closed after ${event.calls} calls`;
  }
}

function explainStart({ level, layers, overrides }: RuntimeStarted): string {
  const enforced = layers.filter((layer) => layer.enforced).map((layer) => layer.name);
  const missing = layers
    .filter((layer) => !layer.enforced)
    .map((layer) => `${layer.name} (${layer.detail ?? 'no reason given'})`);
  const parts = [`runtime started, protection ${toLine(level)}`, explainList('enforced', enforced, 'nothing enforced')];
  if (missing.length > 0) parts.push(explainList('missing', missing, ''));
  if (overrides.length > 0) parts.push(explainList('OVERRIDDEN', overrides, ''));
  return parts.join('; ');
}

function explainSelfTest({ passed, checks }: SelfTestRan): string {
  const open = checks.filter((check) => !check.blocked).map((check) => check.name);
  return `self-test ${passed ? 'passed' : 'FAILED'}, ${checks.length} checks${open.length === 0 ? '' : `; ${explainList('not blocked', open, '')}`}`;
}

function explainCallStart({ skill, version, tool, protection }: CallStarted): string {
  const overrides = protection.overrides.length === 0 ? '' : `; ${explainList('OVERRIDDEN', protection.overrides, '')}`;
  return `call of ${toLine(skill)}@${toLine(version)} ${toLine(tool)}, protection ${toLine(protection.level)}${overrides}`;
}

function explainDecision({
  op,
  target,
  decision,
  code,
  rule,
  remedy,
  containment,
  bytes,
  secrets,
}: BrokerDecided): string {
  const why = [
    code,
    rule === undefined ? undefined : `rule ${rule}`,
    containment,
    bytes === undefined ? undefined : `${bytes} bytes`,
    secrets === undefined ? undefined : `with ${secrets.join(', ')}`,
  ];
  const known = why.filter((part) => part !== undefined).map(toLine);
  const verdict = decision === 'allow' ? 'allowed' : 'DENIED';
  const remark = `${known.length === 0 ? '' : ` (${known.join(', ')})`}${remedy === undefined ? '' : `; ${toLine(remedy)}`}`;
  return `${verdict} ${toLine(op)} ${quote(target)}${remark}`;
}

function explainStop(event: BudgetSpent | WorkerKilled | ProtocolViolated): string {
  switch (event.kind) {
    case 'budget-spent':
      return `budget spent: ${event.code}, ${event.used} of ${event.limit}`;
    case 'worker-killed':
      return `worker ${event.pid} killed with ${toLine(event.signal)}: ${toLine(event.reason)}`;
    case 'protocol-violation':
      return `worker ${event.pid} broke the protocol: ${toLine(event.violation)}`;
  }
}

function explainCallEnd({ tool, outcome, code, usage, receipt }: CallEnded): string {
  const how = outcome === 'rejected' ? `rejected with ${toLine(code ?? 'an unknown error')}` : outcome;
  return `${toLine(tool)} ended: ${how}, ${usage.wallMs} ms, ${usage.cpuMs} ms cpu, ${usage.brokerCalls} host calls, receipt ${toLine(receipt)}`;
}

function explainSuppressed({ of, decision, code, count }: RecordsSuppressed): string {
  const sort = [decision, of, code].filter((part) => part !== undefined).map(toLine);
  return `${count} more records of the sort "${sort.join(' ')}" are left out`;
}

function explainList(verb: string, items: readonly string[], none: string): string {
  return items.length === 0 ? none : `${verb}: ${items.map(toLine).join(', ')}`;
}

function toLine(text: string): string {
  return sanitiseText(text, { singleLine: true }).text;
}

function quote(text: string): string {
  return JSON.stringify(toLine(text));
}
