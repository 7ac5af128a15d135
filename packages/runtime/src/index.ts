export { type ApprovalRequest, type Approve, denyAll } from './approval.ts';
export { AUDIT_ERRORS, type AuditErrorCode, AuditFailure } from './audit/audit-errors.ts';
export type { AuditEvent, AuditKind } from './audit/audit-event.ts';
export type { AuditSink } from './audit/audit-sink.ts';
export { explainEvent } from './audit/explain-event.ts';
export { toJsonLine } from './audit/jsonl.ts';
export { type AuditQuery, createMemorySink, type MemorySink } from './audit/memory-sink.ts';
export type { CallOptions } from './call-options.ts';
export type { CloseOptions } from './close-options.ts';
export { createRuntime } from './create-runtime.ts';
export type { DataInspection } from './data/inspect-data.ts';
export { inspectSkillData, type SkillDataPlace, wipeSkillData } from './data/tenant-data.ts';
export { RUNTIME_ERRORS, type RuntimeErrorCode } from './error-codes.ts';
export { RuntimeFailure } from './errors.ts';
export { MOUNT_ERRORS, MountRootError, type MountRootErrorCode } from './host/broker/fs/mount-root-error.ts';
export type { OverlayCommit } from './host/broker/fs/overlay/commit-overlay.ts';
export type { OverlayChange, OverlayDiff } from './host/broker/fs/overlay/diff-overlay.ts';
export type {
  DecideOutbound,
  NetworkOptions,
  OutboundDecision,
  OutboundRequest,
} from './host/broker/net/network-options.ts';
export type { LayerReport } from './jail/jail-spec.ts';
export type { OperatorPolicy } from './load/load-skill.ts';
export type { LoadOptions } from './load-options.ts';
export type { GrantRequest, GrantSet } from './policy/resolve-grants.ts';
export type { NamespaceUse } from './protection/choose-confinement.ts';
export { PROTECTION_LEVELS, type ProtectionLevel, type ProtectionReport } from './protection/protection-report.ts';
export type { SelfTestAttempt, SelfTestResult } from './protection/self-test.ts';
export type { CallUpdate, PartialUpdate, ProgressUpdate } from './result/call-update.ts';
export { RESULT_CODES, type ResultCode } from './result/result-codes.ts';
export type { AnthropicToolResult, ToolResult } from './result/tool-result.ts';
export type { Runtime, RuntimeStats } from './runtime.ts';
export type { RuntimeOptions } from './runtime-options.ts';
export { SECRET_ERRORS, type SecretErrorCode } from './secrets/secret-codes.ts';
export { SecretFailure } from './secrets/secret-failure.ts';
export type { SecretReading, SecretSource } from './secrets/secret-source.ts';
export type { Signature, Signer, SigningRequest } from './secrets/signers/signer.ts';
export { envFile } from './secrets/sources/env-file.ts';
export { type EnvironmentOptions, environment } from './secrets/sources/environment.ts';
export { type ExecProviderOptions, execProvider } from './secrets/sources/exec-provider.ts';
export { type SecretFilesOptions, secretFiles } from './secrets/sources/secret-files.ts';
export type { SkillHandle, SkillOverlay } from './skill-handle.ts';
