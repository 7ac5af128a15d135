import { LIMIT_NAMES, LIMITS, mapLimits, type SkillLimits } from '../budget-spec.ts';
import { DEFAULT_ISOLATION, type Isolation } from '../isolation.ts';
import type { DataPermission, PermissionSet } from '../permission.ts';
import { DATA_WORDS, STATE_WORDS } from './explain.ts';
import { uncoveredFs } from './fs-cover.ts';
import { uncoveredNet } from './net-cover.ts';
import { uncoveredSecrets } from './secret-cover.ts';
import type { Widening } from './widening.ts';

/** Everything a skill may do and how much of it. A `SkillManifest` is one. */
export interface Authority {
  readonly permissions: PermissionSet;
  readonly limits: SkillLimits;
  /** Default `skill`. */
  readonly isolation?: Isolation;
}

/**
 * Lists what `wanted` asks for beyond `held`: widenings only, never what became narrower. Where it cannot tell, it
 * reports a widening, so an empty list is a promise.
 */
export function uncoveredPermissions(held: PermissionSet, wanted: PermissionSet): readonly Widening[] {
  const jit: readonly Widening[] =
    wanted.jit && !held.jit
      ? [{ kind: 'jit', subject: 'jit', added: ['jit'], message: 'executable memory, for compiled code' }]
      : [];
  return [
    ...uncoveredSecrets(held.secrets, wanted.secrets),
    ...uncoveredNet(held.net, wanted.net),
    ...uncoveredFs(held.fs, wanted.fs),
    ...uncoveredData(held.data, wanted.data),
    ...jit,
  ];
}

function uncoveredData(held: DataPermission | undefined, wanted: DataPermission | undefined): readonly Widening[] {
  if (wanted === undefined) return [];
  if (held !== undefined && wanted.quotaMiB <= held.quotaMiB && wanted.files <= held.files) return [];
  const added = `${wanted.quotaMiB} MiB, ${wanted.files} files`;
  return [{ kind: 'data', subject: 'data', added: [added], message: `${DATA_WORDS}: ${added}` }];
}

/** Tells whether everything `wanted` allows is certainly allowed by `held`. May answer false when it cannot tell. */
export function includes(held: PermissionSet, wanted: PermissionSet): boolean {
  return uncoveredPermissions(held, wanted).length === 0;
}

/** Tells whether no limit of `wanted` is above that of `held`. */
export function limitsWithin(held: SkillLimits, wanted: SkillLimits): boolean {
  return LIMIT_NAMES.every((name) => wanted[name] <= held[name]);
}

/** The smaller of each limit. */
export function intersectLimits(one: SkillLimits, other: SkillLimits): SkillLimits {
  return mapLimits((name) => Math.min(one[name], other[name]));
}

/**
 * What an update newly asks for: directories, access, files, hosts, schemes, ports, methods, URL paths, query parameters,
 * secrets and where they may go, data kept between calls, compiled code, state that outlives a call, limits. Widenings only; empty exactly when the old authority includes
 * the new one, in which case nobody needs to be asked again.
 */
export function permissionDiff(old: Authority, next: Authority): readonly Widening[] {
  const limits: readonly Widening[] = LIMIT_NAMES.filter((name) => next.limits[name] > old.limits[name]).map(
    (name) => ({
      kind: 'limit',
      subject: name,
      added: [String(next.limits[name])],
      message: `${LIMITS[name].meaning.toLowerCase()}: ${old.limits[name]} to ${next.limits[name]} (${LIMITS[name].unit})`,
    }),
  );
  return [...uncoveredPermissions(old.permissions, next.permissions), ...newState(old, next), ...limits];
}

/** Between `call` and `skill` nothing changes for what a call can learn from another one. */
function newState(
  { isolation: old = DEFAULT_ISOLATION }: Authority,
  { isolation: next }: Authority,
): readonly Widening[] {
  if (next !== 'session' || old === 'session') return [];
  return [{ kind: 'isolation', subject: 'isolation', added: ['session'], message: `may ${STATE_WORDS}` }];
}
