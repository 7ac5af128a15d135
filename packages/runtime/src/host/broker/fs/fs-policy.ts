import { type FsRefusal, refuse } from './fs-refusal.ts';
import type { FsRule } from './fs-rules.ts';
import type { FsAccess, MountGrant } from './mount-grant.ts';

/** What an operation is about to do: read a file's bytes, list a directory, or look at either. */
export type FsNeed = 'read' | 'list' | 'inspect';

/**
 * `through` is a path that the grant does not name but that may lead to granted names. Such a path may only turn out to
 * be a directory; anything else has to look as if nothing was there (see {@link concealUnmatched}).
 */
export type FsDecision = { readonly kind: 'allowed'; readonly scope: 'matched' | 'through' } | FsRefusal;

const SUFFICIENT_ACCESS: Readonly<Record<FsNeed, readonly FsAccess[]>> = {
  read: ['read'],
  list: ['list'],
  inspect: ['read', 'list'],
};

/**
 * Decides from the grant and the asked path alone, before anything is touched, so that an excluded path gives the same
 * answer in the same time whether or not it exists.
 */
export function checkFsAccess(grant: MountGrant, components: readonly string[], need: FsNeed): FsDecision {
  if (!SUFFICIENT_ACCESS[need].some((access) => grant.access.has(access))) return refuse('access-missing');
  if (components.length === 0) return { kind: 'allowed', scope: 'matched' };
  const relative = components.join('/');
  if (grant.matches(relative)) return { kind: 'allowed', scope: 'matched' };
  if (need !== 'read' && grant.matchesDirectory(relative)) return { kind: 'allowed', scope: 'through' };
  return refuse('path-not-matched');
}

/** Names a directory may show: what is granted, and directories on the way to it. */
export function isListed(grant: MountGrant, relative: string, isDirectory: boolean): boolean {
  return grant.matches(relative) || (isDirectory && grant.matchesDirectory(relative));
}

const REVEALING: ReadonlySet<FsRule> = new Set<FsRule>([
  'not-found',
  'parent-not-directory',
  'not-directory',
  'is-directory',
  'symlink',
  'hard-link',
  'special-file',
  'mount-crossing',
  'os-permission',
]);

/** Existence oracle: on an unmatched path, "absent", "a file" and "a link" have to be one answer. */
export function concealUnmatched(refusal: FsRefusal, scope: 'matched' | 'through'): FsRefusal {
  return scope === 'through' && REVEALING.has(refusal.rule) ? refuse('path-not-matched') : refusal;
}
