import {
  compileScope,
  type FsPermission,
  intersect,
  matchesScope,
  NO_PERMISSIONS,
  type PermissionSet,
  type SkillManifest,
  scopeMayMatchBelow,
  sensitivePath,
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
  /** Mounts in which names that other programs run or trust may be written all the same (`.git`, `.env`, …), by mount name. */
  readonly allowDangerousNames?: readonly string[];
  /**
   * Mounts whose changes are kept apart, by mount name: calls see them, the directory does not, until `handle.overlay(mount)` is
   * committed. Default none.
   */
  readonly overlay?: readonly string[];
  /** Under which name of the runtime's secret sources a declared secret is found, by declared name. Default the same name. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** Manifest ∩ operator policy ∩ consent, with directories resolved. Minted by `resolveGrants` alone. */
export interface GrantSet {
  readonly permissions: PermissionSet;
  readonly mounts: readonly MountGrant[];
  /** Names of the mounts whose changes are kept apart. */
  readonly overlay: readonly string[];
  /** By declared name of a secret, its name in the sources where that is another. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Sensitive directories that were granted by name: stamped on every audit record of the skill's calls. */
  readonly overrides: readonly string[];
}

/**
 * Decides what a skill gets. Each side can only narrow the others; nothing here can widen what the manifest declares.
 *
 * @throws RuntimeFailure ERR_CARAPACE_RUNTIME_GRANT for an unknown mount, a sensitive directory, or a mount that was cut into
 * parts with different access
 */
export function resolveGrants(
  manifest: SkillManifest,
  policy: PermissionSet | undefined,
  request: GrantRequest,
  powers: GrantPowers,
): GrantSet {
  const consented = request.permissions === 'declared' ? manifest.permissions : (request.permissions ?? NO_PERMISSIONS);
  const accepted = intersect(manifest.permissions, consented);
  const permissions = policy === undefined ? accepted : intersect(accepted, policy);
  assertKnownMounts(manifest, request);
  assertKnownSecrets(manifest, request);
  const overrides: string[] = [];
  const mounts = byMount(permissions.fs).map((parts) => resolveMount(parts, request, powers, overrides));
  return {
    permissions,
    mounts,
    overlay: [...(request.overlay ?? [])],
    secrets: Object.freeze({ ...request.secrets }),
    overrides,
  };
}

/** An intersection may cut one mount into several entries; they stay one directory with one descriptor. */
function byMount(permissions: readonly FsPermission[]): readonly (readonly [FsPermission, ...FsPermission[]])[] {
  const groups = new Map<string, [FsPermission, ...FsPermission[]]>();
  for (const permission of permissions) {
    const group = groups.get(permission.mount);
    if (group === undefined) groups.set(permission.mount, [permission]);
    else group.push(permission);
  }
  return [...groups.values()];
}

function assertKnownMounts(manifest: SkillManifest, request: GrantRequest): void {
  const declared = new Set<string>(manifest.permissions.fs.map(({ mount }) => mount));
  const named = [
    Object.keys(request.mounts ?? {}),
    request.allowSensitive ?? [],
    request.allowDangerousNames ?? [],
    request.overlay ?? [],
  ].flat();
  for (const name of named) {
    if (!declared.has(name)) throw refuse(name, 'the manifest declares no such mount');
  }
}

/** A name that is misspelt would leave the declared one to be found by its own name, which may be another's secret. */
function assertKnownSecrets(manifest: SkillManifest, { secrets = {} }: GrantRequest): void {
  const declared = new Set(manifest.permissions.secrets.map(({ name }) => name));
  for (const name of Object.keys(secrets)) {
    if (declared.has(name)) continue;
    throw new RuntimeFailure(
      'ERR_CARAPACE_RUNTIME_GRANT',
      `Cannot grant secret "${name}": the manifest declares no such secret`,
      { detail: { secret: name } },
    );
  }
}

function resolveMount(
  parts: readonly [FsPermission, ...FsPermission[]],
  request: GrantRequest,
  powers: GrantPowers,
  overrides: string[],
): MountGrant {
  const [{ mount, path, access }] = parts;
  // Access is decided per mount, patterns per path: parts with different access would lend each other their rights.
  if (parts.some((part) => part.access.join() !== access.join()))
    throw refuse(mount, 'policy and consent cut it into parts with different access');
  const given = Object.hasOwn(request.mounts ?? {}, mount) ? request.mounts?.[mount] : undefined;
  const hostPath = powers.resolvePath(given ?? path);
  const sensitive = sensitivePath(given ?? path) ?? sensitivePath(hostPath);
  if (sensitive !== undefined && !isNamed(request.allowSensitive, mount))
    throw refuse(mount, `"${hostPath}" is ${sensitive.reason}`);
  if (sensitive !== undefined) overrides.push(`${mount}: ${sensitive.reason}`);
  const allowDangerousNames = isNamed(request.allowDangerousNames, mount);
  if (allowDangerousNames) overrides.push(`${mount}: names that other programs trust may be written`);
  const scopes = parts.map(compileScope);
  return {
    mount,
    hostPath,
    access: new Set(access),
    allowDangerousNames,
    matches: (relative) => scopes.some((scope) => matchesScope(scope, relative)),
    matchesDirectory: (relative) => scopes.some((scope) => scopeMayMatchBelow(scope, relative)),
  };
}

function isNamed(mounts: readonly string[] | undefined, mount: string): boolean {
  return mounts?.includes(mount) === true;
}

function refuse(mount: string, state: string): RuntimeFailure {
  return new RuntimeFailure('ERR_CARAPACE_RUNTIME_GRANT', `Cannot grant mount "${mount}": ${state}`, {
    detail: { mount },
  });
}
