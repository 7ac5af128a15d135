export { assertNever } from './assert-never.ts';
export {
  type ClampedLimit,
  clampedLimits,
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
export { canonicalJson } from './canonical-json.ts';
export { CarapaceError, type CarapaceErrorOptions, isCarapaceError } from './carapace-error.ts';
export { supportsEngine } from './engines.ts';
export { MANIFEST_ERROR_CODES, type ManifestErrorCode } from './error-codes.ts';
export { defineErrorCodes, type ErrorCategory, type ErrorRow, type ErrorTable } from './error-row.ts';
export { ManifestInvalid } from './errors.ts';
export { escapeText, hasHiddenCharacters } from './escape-text.ts';
export type { SkillManifestSource } from './generated/manifest-types.ts';
export {
  formatHostPattern,
  type HostPattern,
  type HostProblem,
  type HostReading,
  matchesHost,
  parseHostPattern,
  patternIncludes,
  readHostPattern,
} from './host-pattern.ts';
export {
  isMountName,
  isSha256,
  isSha512,
  isSkillName,
  isSkillVersion,
  isToolName,
  type MountName,
  parseMountName,
  parseSha256,
  parseSha512,
  parseSkillName,
  parseSkillVersion,
  parseToolName,
  qualifiedToolName,
  type Sha256,
  type Sha512,
  type SkillName,
  type SkillVersion,
  type ToolName,
} from './ids.ts';
export type { InstalledSkill } from './installed-skill.ts';
export { ISOLATION_PROFILES, type Isolation, strongestIsolation } from './isolation.ts';
export { isJsonList, isJsonObject, type JsonObject, type JsonSchema, type JsonValue } from './json.ts';
export { formatIssue, type ManifestIssue } from './manifest-issue.ts';
export { MANIFEST_BOUNDS, type ParseOptions, parseManifest, parseManifestText } from './parse-manifest.ts';
export { parsePermissions, toPermissionSource } from './parse-permissions.ts';
export {
  compileScope,
  matchesScope,
  type PathScope,
  readScopePath,
  type ScopePathProblem,
  type ScopePathReading,
  scopeMayMatchBelow,
} from './path-scope.ts';
export {
  DATA_MOUNT,
  type DataPermission,
  FS_ACCESS,
  type FsAccess,
  type FsPermission,
  HTTP_METHODS,
  type HttpMethod,
  type NetPermission,
  type NetScheme,
  NO_PERMISSIONS,
  type PermissionSet,
  type SecretPermission,
  type SecretPlace,
} from './permission.ts';
export { explain } from './permissions/explain.ts';
export {
  type AccessRequest,
  type DenialRule,
  type Explanation,
  explainRequest,
} from './permissions/explain-request.ts';
export {
  type Authority,
  includes,
  intersectLimits,
  limitsWithin,
  permissionDiff,
  uncoveredPermissions,
} from './permissions/includes.ts';
export { intersect } from './permissions/intersect.ts';
export { narrowToTool } from './permissions/narrow-to-tool.ts';
export {
  highestRisk,
  RISK_LEVELS,
  type RiskLevel,
  type SummaryLine,
  summarisePermissions,
} from './permissions/permission-summary.ts';
export type { Widening, WideningKind } from './permissions/widening.ts';
export { OVERRIDABLE_RULES } from './rules/rule-list.ts';
export { type SensitivePath, sensitivePath } from './sensitive-path.ts';
export type { SkillManifest } from './skill-manifest.ts';
export { parseSkillMarkdown, type SkillMarkdown } from './skill-markdown.ts';
export type { SkillFrontmatter } from './skill-markdown-fields.ts';
export type { ToolAnnotations, ToolApproval, ToolDefinition } from './tool-definition.ts';
export { compileToolSchema, type SchemaIssue, type ToolSchema } from './tool-schema/compile-tool-schema.ts';
export { inspectToolSchema, type SchemaObjection } from './tool-schema/inspect-tool-schema.ts';
export { parseUrlPathPattern, urlPathMatches } from './url-path.ts';
