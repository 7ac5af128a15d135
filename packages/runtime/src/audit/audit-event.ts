import type { ProtectionInForce, ResultUsage } from '../result/provenance.ts';
import type { ResultCode } from '../result/result-codes.ts';

/** Version of the record format. A field may be added within a version; none changes its meaning. */
export const AUDIT_VERSION = 1;

/** Which package a record is about. */
export interface AuditSkill {
  readonly skill: string;
  readonly version: string;
  readonly digest: string;
}

/** Which call a record is about. */
export interface AuditCall extends AuditSkill {
  readonly call: string;
}

/** One layer of protection as probed on this machine. */
export interface AuditLayer {
  readonly name: string;
  readonly enforced: boolean;
  /** Why a layer is not enforced, or how it is. */
  readonly detail?: string;
}

export interface RuntimeStarted {
  readonly kind: 'runtime-start';
  readonly level: string;
  readonly layers: readonly AuditLayer[];
  readonly overrides: readonly string[];
  /** Versions of what the protection rests on, e.g. `node`, `v8`, `isolated-vm`, `kernel`. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface SelfTestRan {
  readonly kind: 'self-test';
  readonly passed: boolean;
  readonly checks: readonly { readonly name: string; readonly blocked: boolean; readonly detail?: string }[];
}

export interface SkillLoaded extends AuditSkill {
  readonly kind: 'skill-loaded';
  readonly origin: string;
  /** The granted permissions in plain words, one each. */
  readonly grants: readonly string[];
  readonly overrides: readonly string[];
}

export interface CallStarted extends AuditCall {
  readonly kind: 'call-start';
  readonly tool: string;
  /** Digest of the canonical input; the input itself may hold what does not belong in a log. */
  readonly inputDigest: string;
  readonly limits: Readonly<Record<string, number>>;
  readonly protection: ProtectionInForce;
}

/** The host performed, or refused to perform, one effect. */
export interface BrokerDecided extends AuditCall {
  readonly kind: 'broker-decision';
  /** Family and method, e.g. `fs.readFile`. */
  readonly op: string;
  /** What the skill named: a virtual path, never a host path; or a method and a URL without query values. */
  readonly target: string;
  readonly decision: 'allow' | 'deny';
  /** Why not; absent when allowed. */
  readonly code?: string;
  /** The rule that decided. */
  readonly rule?: string;
  /** The smallest line of manifest, grant or policy that would allow it; absent where nothing could. */
  readonly remedy?: string;
  /** How the target was confined to its grant: `kernel`, `walk`, or the address that was judged and dialled. */
  readonly containment?: string;
  readonly bytes?: number;
  /** Declared names of the secrets that were sent with it. */
  readonly secrets?: readonly string[];
}

/** A line of the skill's console: quoted data, never a statement of the host. */
export interface SkillLogged extends AuditCall {
  readonly kind: 'log';
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly text: string;
}

export interface BudgetSpent extends AuditCall {
  readonly kind: 'budget-spent';
  readonly code: ResultCode;
  readonly limit: number;
  readonly used: number;
}

export interface WorkerKilled extends Partial<AuditCall> {
  readonly kind: 'worker-killed';
  /** What the host knows, never what the worker said. */
  readonly reason: string;
  readonly signal: string;
  readonly pid: number;
}

export interface ProtocolViolated extends Partial<AuditCall> {
  readonly kind: 'protocol-violation';
  readonly violation: string;
  readonly pid: number;
}

export interface CallEnded extends AuditCall {
  readonly kind: 'call-end';
  readonly tool: string;
  readonly outcome: 'ok' | ResultCode | 'rejected';
  /** Code of the error a rejected call threw. */
  readonly code?: string;
  readonly usage: ResultUsage;
  readonly receipt: string;
}

/** Stands for `count` records of one sort that were left out because the call produced too many. Exact. */
export interface RecordsSuppressed extends AuditCall {
  readonly kind: 'suppressed';
  readonly of: FloodingKind;
  readonly decision?: 'allow' | 'deny';
  readonly code?: string;
  readonly count: number;
}

export interface RuntimeClosed {
  readonly kind: 'runtime-close';
  readonly calls: number;
}

/** Kinds a skill can cause without bound. */
export type FloodingKind = 'broker-decision' | 'log';

/** What a caller reports. `suppressed` is missing: only the trail knows what it left out. */
export type AuditEntry =
  | RuntimeStarted
  | SelfTestRan
  | SkillLoaded
  | CallStarted
  | BrokerDecided
  | SkillLogged
  | BudgetSpent
  | WorkerKilled
  | ProtocolViolated
  | CallEnded
  | RuntimeClosed;

/** Added by the trail. */
export interface AuditStamp {
  readonly v: typeof AUDIT_VERSION;
  /** 0, 1, 2 … without a gap within one trail. */
  readonly seq: number;
  /** ISO 8601, UTC, milliseconds. */
  readonly time: string;
}

/** One record of the audit trail, as a sink receives it: stamped, sanitised, frozen. */
export type AuditEvent = AuditStamp & (AuditEntry | RecordsSuppressed);

/** The kinds of audit records. */
export type AuditKind = AuditEvent['kind'];
