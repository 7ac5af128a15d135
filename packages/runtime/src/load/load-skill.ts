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
import { compileNetGrants } from '../host/broker/net/grants/compile-net-grants.ts';
import type { LoadedSkill, LoadedTool } from '../host/call/loaded-skill.ts';
import type { GrantPowers } from '../policy/grant-powers.ts';
import { type GrantRequest, type GrantSet, resolveGrants } from '../policy/resolve-grants.ts';
import { compileSecretGrants } from '../secrets/compile-secret-grants.ts';
import { type HostFolders, openMounts } from './open-mounts.ts';
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
  folders: HostFolders,
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
    ...(await openMounts(grants, manifest.name, folders)),
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
    data: permissions.data !== undefined,
    net: compileNetGrants(permissions.net),
    secrets: compileSecretGrants(permissions.secrets),
  };
}
