import type { InstalledSkill, SkillLimits, ToolDefinition, ToolSchema } from '@carapace/manifest';
import type { TenantData } from '../../data/tenant-data.ts';
import type { GrantSet } from '../../policy/resolve-grants.ts';
import type { SecretGrant } from '../../secrets/secret-grants.ts';
import type { MountRoot } from '../broker/fs/mount-root.ts';
import type { Overlay } from '../broker/fs/overlay/open-overlay.ts';
import type { NetGrants } from '../broker/net/grants/net-grants.ts';

/** A tool whose schemas were compiled once, at load. */
export interface LoadedTool {
  readonly definition: ToolDefinition;
  readonly input: ToolSchema;
  readonly output: ToolSchema | undefined;
  /** Names of the mounts this tool may use; a tool that narrows its permissions sees fewer than the skill has. */
  readonly mounts: ReadonlySet<string>;
  /** Whether it may use the skill's private directory. */
  readonly data: boolean;
  /** Hosts it may send requests to; the same holds. */
  readonly net: NetGrants;
  /** Secrets it may have sent for it. */
  readonly secrets: readonly SecretGrant[];
}

/** Everything a call needs to know about its skill: grants decided, directories open, schemas compiled. Disposing closes them. */
export interface LoadedSkill extends AsyncDisposable {
  readonly installed: InstalledSkill;
  /** Digest of package, grants and limits: workers are shared by nothing that differs in one of them. */
  readonly workerKey: string;
  readonly bundle: Uint8Array;
  readonly grants: GrantSet;
  readonly limits: SkillLimits;
  readonly tools: ReadonlyMap<string, LoadedTool>;
  /** Granted directories as calls see them; where one has an overlay, the overlay. */
  readonly mounts: readonly MountRoot[];
  /** By mount name. */
  readonly overlays: ReadonlyMap<string, Overlay>;
  /** Private directories; absent when none is granted. */
  readonly data: TenantData | undefined;
  /** Secrets of all its tools: their hosts take no credential of the skill's own, whichever tool sends it. */
  readonly secrets: readonly SecretGrant[];
}
