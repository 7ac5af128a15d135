/**
 * What a program needs before it reads its first manifest: the error base, the tables and words. Nothing here loads a library,
 * so that importing what stands on it stays cheap; `@carapace/manifest` has all of this and the rest.
 */
export { assertNever } from './assert-never.ts';
export {
  LIMIT_NAMES,
  LIMITS,
  type LimitName,
  type LimitSpec,
  type LimitUnit,
  type RequestedLimits,
  resolveLimits,
  resolveToolLimits,
  type SkillLimits,
  TOOL_LIMIT_NAMES,
  type ToolLimitName,
  type ToolLimits,
} from './budget-spec.ts';
export { CarapaceError, type CarapaceErrorOptions, isCarapaceError } from './carapace-error.ts';
export { defineErrorCodes, type ErrorCategory, type ErrorRow, type ErrorTable } from './error-row.ts';
export { escapeText, hasHiddenCharacters } from './escape-text.ts';
export type { MountName } from './ids.ts';
export { ISOLATION_PROFILES, type Isolation, strongestIsolation } from './isolation.ts';
export type { JsonObject, JsonValue } from './json.ts';
export {
  DATA_MOUNT,
  type DataPermission,
  type FsAccess,
  type FsPermission,
  type HttpMethod,
  type NetPermission,
  type NetScheme,
  type PermissionSet,
  type SecretPermission,
  type SecretPlace,
} from './permission.ts';
export { explain } from './permissions/explain.ts';
