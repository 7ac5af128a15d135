import {
  compileToolSchema,
  type InstalledSkill,
  narrowToTool,
  type PermissionSet,
  type RequestedLimits,
  resolveLimits,
  type SkillManifest,
  supportsEngine,
  type ToolDefinition,
} from '@carapace/manifest';
import { CARAPACE_VERSION } from '../carapace-version.ts';
import { RuntimeFailure } from '../errors.ts';
import { type MountRoot, openMountRoot } from '../host/broker/fs/mount-root.ts';
import { compileNetGrants } from '../host/broker/net/grants/compile-net-grants.ts';
import type { LoadedSkill, LoadedTool } from '../host/call/loaded-skill.ts';
import type { GrantPowers } from '../policy/grant-powers.ts';
import { type GrantRequest, type GrantSet, resolveGrants } from '../policy/resolve-grants.ts';
import { compileSecretGrants } from '../secrets/compile-secret-grants.ts';
import { workerKey } from './worker-key.ts';

/** What the operator's policy says about every skill: it can only narrow. */
export interface OperatorPolicy {
  /** At most these permissions, whatever a manifest asks and a grant allows. Default: no further narrowing. */
  readonly permissions?: PermissionSet;
  /** At most these limits. */
  readonly limits?: RequestedLimits;
}

/**
 * Makes an installed skill ready to be called: grants decided, schemas compiled, directories opened. Nothing of the skill
 * runs here.
 */
export async function loadSkill(
  installed: InstalledSkill,
  policy: OperatorPolicy,
  request: GrantRequest,
  powers: GrantPowers,
): Promise<LoadedSkill> {
  const { manifest } = installed;
  assertEngine(manifest);
  const grants = resolveGrants(manifest, policy.permissions, request, powers);
  const tools = new Map(
    [...manifest.tools].map(([name, definition]) => [name as string, loadTool(grants, definition)]),
  );
  const limits = resolveLimits(manifest.limits, policy.limits);
  return {
    installed,
    workerKey: workerKey(installed, grants, limits),
    bundle: Buffer.from(installed.bundle, 'utf8'),
    grants,
    limits,
    tools,
    secrets: compileSecretGrants(grants.permissions.secrets),
    mounts: await openMounts(grants),
  };
}

/** A skill written for another carapace may count on rules that this one does not have. */
function assertEngine(manifest: SkillManifest): void {
  if (supportsEngine(manifest, CARAPACE_VERSION)) return;
  throw new RuntimeFailure(
    'ERR_CARAPACE_RUNTIME_LOAD',
    `Cannot load skill "${manifest.name}": it needs carapace ${manifest.engines?.carapace}, this is ${CARAPACE_VERSION}`,
  );
}

function loadTool(grants: GrantSet, definition: ToolDefinition): LoadedTool {
  const permissions = narrowToTool(grants.permissions, definition);
  return {
    definition,
    input: compileToolSchema(definition.input, `/tools/${definition.name}/input`),
    output:
      definition.output === undefined
        ? undefined
        : compileToolSchema(definition.output, `/tools/${definition.name}/output`),
    mounts: new Set<string>(permissions.fs.map(({ mount }) => mount)),
    net: compileNetGrants(permissions.net),
    secrets: compileSecretGrants(permissions.secrets),
  };
}

/** All or none: a directory that cannot be opened must not leave the others open behind it. */
async function openMounts({ mounts }: GrantSet): Promise<readonly MountRoot[]> {
  const opened: MountRoot[] = [];
  try {
    for (const grant of mounts) {
      const root = await openMountRoot(grant);
      opened.push(root);
      // A link swapped in after the grant was judged would open a directory that nobody looked at.
      if (root.path !== grant.hostPath)
        throw new RuntimeFailure(
          'ERR_CARAPACE_RUNTIME_GRANT',
          `Cannot grant mount "${grant.mount}": its path changed while it was opened`,
        );
    }
    return opened;
  } catch (error) {
    for (const mount of opened) mount[Symbol.dispose]();
    throw error;
  }
}
