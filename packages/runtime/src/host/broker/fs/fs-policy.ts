import { isDangerousPath } from './dangerous-names.ts';
import { type FsRefusal, refuse } from './fs-refusal.ts';
import { accessRemedy, nameRemedy, scopeRemedy } from './fs-remedy.ts';
import type { FsRule } from './fs-rules.ts';
import type { FsAccess, MountGrant } from './mount-grant.ts';
import { isTemporaryName } from './temporary-name.ts';

/**
 * What an operation is about to do. `put`: write a file that may or may not exist. `make-directory` and `remove` may also
 * meet directories that are only a way to granted names.
 */
export type FsNeed =
  | 'read'
  | 'list'
  | 'inspect'
  | 'read-and-write'
  | 'write'
  | 'create'
  | 'put'
  | 'make-directory'
  | 'remove';

/**
 * `through` is a path that the grant does not name but that may lead to granted names. Such a path may only turn out to
 * be a directory; anything else has to look as if nothing was there (see {@link concealUnmatched}).
 */
export type FsDecision = { readonly kind: 'allowed'; readonly scope: 'matched' | 'through' } | FsRefusal;

interface NeedFacts {
  /** All words of one of these lists are enough. */
  readonly access: readonly (readonly FsAccess[])[];
  readonly changes: boolean;
  readonly through: boolean;
}

const NEEDS: Readonly<Record<FsNeed, NeedFacts>> = {
  read: { access: [['read']], changes: false, through: false },
  list: { access: [['list']], changes: false, through: true },
  inspect: { access: [['read'], ['list']], changes: false, through: true },
  'read-and-write': { access: [['read', 'write']], changes: true, through: false },
  write: { access: [['write']], changes: true, through: false },
  create: { access: [['create']], changes: true, through: false },
  put: { access: [['write'], ['create']], changes: true, through: false },
  'make-directory': { access: [['create']], changes: true, through: true },
  remove: { access: [['delete']], changes: true, through: true },
};

/**
 * Decides from the grant and the asked path alone, before anything is touched, so that an excluded path gives the same
 * answer in the same time whether or not it exists.
 */
export function checkFsAccess(grant: MountGrant, components: readonly string[], need: FsNeed): FsDecision {
  const { access, changes, through } = NEEDS[need];
  const missing = missingAccess(grant, access);
  if (missing !== undefined) return refuse('access-missing', accessRemedy(grant.mount, missing));
  if (components.some(isTemporaryName)) return refuse('reserved-name');
  if (changes && grant.allowDangerousNames !== true && isDangerousPath(components)) {
    return refuse('dangerous-name', nameRemedy(grant.mount));
  }
  if (components.length === 0) return { kind: 'allowed', scope: 'matched' };
  const relative = components.join('/');
  if (grant.matches(relative)) return { kind: 'allowed', scope: 'matched' };
  if (through && grant.matchesDirectory(relative)) return { kind: 'allowed', scope: 'through' };
  return refuse('path-not-matched', scopeRemedy(grant.mount, relative));
}

/** The words of the first list that are not granted; undefined when one list is complete. */
function missingAccess(grant: MountGrant, alternatives: NeedFacts['access']): readonly FsAccess[] | undefined {
  let missing: readonly FsAccess[] | undefined;
  for (const words of alternatives) {
    const absent = words.filter((word) => !grant.access.has(word));
    if (absent.length === 0) return undefined;
    missing ??= absent;
  }
  return missing;
}

/** What is granted by one word, after a look at what is there. */
export function demandAccess(grant: MountGrant, word: FsAccess): FsRefusal | undefined {
  return grant.access.has(word) ? undefined : refuse('access-missing', accessRemedy(grant.mount, [word]));
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
