import {
  compileScope,
  type FsPermission,
  intersect,
  matchesScope,
  NO_PERMISSIONS,
  type PermissionSet,
  scopeMayMatchBelow,
  sensitivePath,
  type SkillManifest,
} from '@carapace/manifest';
import { RuntimeFailure } from '../errors.ts';
import type { MountGrant } from '../host/broker/fs/mount-grant.ts';
import type { GrantPowers } from './grant-powers.ts';

/** What the operator agrees to for one skill. */
export interface GrantRequest {
  /** `declared`: everything the manifest asks for. A set: at most that. Default: nothing. */
  readonly permissions?: 'declared' | PermissionSet;
  /** Which host directory stands behind a mount, by mount name; the manifest's own path when absent. */
  readonly mounts?: Readonly<Record<string, string>>;
  /** Mounts whose directory is sensitive and is granted all the same, by mount name. */
  readonly allowSensitive?: readonly string[];
}

/** Manifest ∩ operator policy ∩ consent, with directories resolved. Minted by `resolveGrants` alone. */
export interface GrantSet {
  readonly permissions: PermissionSet;
  readonly mounts: readonly MountGrant[];
  /** Sensitive directories that were granted by name: stamped on every audit record of the skill's calls. */
  readonly overrides: readonly string[];
}

/**
 * Decides what a skill gets. Each side can only narrow the others; nothing here can widen what the manifest declares.
 *
 * @throws RuntimeFailure ERR_CARAPACE_RUNTIME_GRANT for an unknown mount, a relative or a sensitive directory
 */
export function resolveGrants(manifest: SkillManifest, policy: PermissionSet | undefined, request: GrantRequest, powers: GrantPowers): GrantSet {
  const consented = request.permissions === 'declared' ? manifest.permissions : (request.permissions ?? NO_PERMISSIONS);
  const accepted = intersect(manifest.permissions, consented);
  const permissions = policy === undefined ? accepted : intersect(accepted, policy);
  assertKnownMounts(manifest, request);
  const overrides: string[] = [];
  const mounts = permissions.fs.map((permission) => resolveMount(permission, request, powers, overrides));
  return { permissions, mounts, overrides };
}

function assertKnownMounts(manifest: SkillManifest, request: GrantRequest): void {
  const declared = new Set<string>(manifest.permissions.fs.map(({ mount }) => mount));
  for (const name of [...Object.keys(request.mounts ?? {}), ...(request.allowSensitive ?? [])]) {
    if (!declared.has(name)) throw refuse(name, 'the manifest declares no such mount');
  }
}

function resolveMount(permission: FsPermission, request: GrantRequest, powers: GrantPowers, overrides: string[]): MountGrant {
  const { mount } = permission;
  const given = Object.hasOwn(request.mounts ?? {}, mount) ? request.mounts?.[mount] : undefined;
  const hostPath = powers.resolvePath(given ?? permission.path);
  const sensitive = sensitivePath(given ?? permission.path) ?? sensitivePath(hostPath);
  if (sensitive !== undefined) {
    if (request.allowSensitive?.includes(mount) !== true) throw refuse(mount, `"${hostPath}" is ${sensitive.reason}`);
    overrides.push(`${mount}: ${sensitive.reason}`);
  }
  const scope = compileScope(permission);
  return {
    mount,
    hostPath,
    access: new Set(permission.access),
    matches: (relative) => matchesScope(scope, relative),
    matchesDirectory: (relative) => scopeMayMatchBelow(scope, relative),
  };
}

function refuse(mount: string, state: string): RuntimeFailure {
  return new RuntimeFailure('ERR_CARAPACE_RUNTIME_GRANT', `Cannot grant mount "${mount}": ${state}`, { detail: { mount } });
}
