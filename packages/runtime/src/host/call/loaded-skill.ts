import type { InstalledSkill, SkillLimits, ToolDefinition, ToolSchema } from '@carapace/manifest';
import type { GrantSet } from '../../policy/resolve-grants.ts';
import type { SecretGrant } from '../../secrets/secret-grants.ts';
import type { MountRoot } from '../broker/fs/mount-root.ts';
import type { NetGrants } from '../broker/net/grants/net-grants.ts';

/** A tool whose schemas were compiled once, at load. */
export interface LoadedTool {
  readonly definition: ToolDefinition;
  readonly input: ToolSchema;
  readonly output: ToolSchema | undefined;
  /** Names of the mounts this tool may use; a tool that narrows its permissions sees fewer than the skill has. */
  readonly mounts: ReadonlySet<string>;
  /** Hosts it may send requests to; the same holds. */
  readonly net: NetGrants;
  /** Secrets it may have sent for it. */
  readonly secrets: readonly SecretGrant[];
}

/** Everything a call needs to know about its skill: grants decided, directories open, schemas compiled. */
export interface LoadedSkill {
  readonly installed: InstalledSkill;
  /** Digest of package, grants and limits: workers are shared by nothing that differs in one of them. */
  readonly workerKey: string;
  readonly bundle: Uint8Array;
  readonly grants: GrantSet;
  readonly limits: SkillLimits;
  readonly tools: ReadonlyMap<string, LoadedTool>;
  readonly mounts: readonly MountRoot[];
  /** Secrets of all its tools: their hosts take no credential of the skill's own, whichever tool sends it. */
  readonly secrets: readonly SecretGrant[];
}
