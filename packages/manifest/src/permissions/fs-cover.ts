import { type Glob, globIncludes, globsDisjoint, parseGlob } from '../glob.ts';
import { belowToo } from '../path-scope.ts';
import type { FsAccess, FsPermission } from '../permission.ts';
import type { Widening } from './widening.ts';

/** Lists what `wanted` asks for below directories beyond what `held` gives. Empty means certainly nothing. */
export function uncoveredFs(held: readonly FsPermission[], wanted: readonly FsPermission[]): readonly Widening[] {
  return wanted.flatMap((want) => uncoveredMount(held, want));
}

function uncoveredMount(held: readonly FsPermission[], want: FsPermission): readonly Widening[] {
  if (want.access.length === 0 || want.match.length === 0) return [];
  const near = held.flatMap((have) => seenFrom(have, want));
  if (near.length === 0) {
    const message = `${want.access.join(', ')} in ${want.path} (as /${want.mount})`;
    return [{ kind: 'mount', subject: want.mount, added: [want.path], message }];
  }
  return want.access.flatMap((access) => uncoveredAccess(near, want, access));
}

function uncoveredAccess(near: readonly HeldDirectory[], want: FsPermission, access: FsAccess): readonly Widening[] {
  const able = near.filter((have) => have.access.includes(access));
  if (able.length === 0) {
    return [{ kind: 'access', subject: want.mount, added: [access], message: `${access} in ${want.path}` }];
  }
  const added = want.match.filter((glob) => !able.some((have) => coversGlob(have, glob, want.except)));
  if (added.length === 0) return [];
  const but = want.except.length === 0 ? '' : ` except ${want.except.join(', ')}`;
  return [
    { kind: 'files', subject: want.mount, added, message: `${access} ${added.join(', ')}${but} in ${want.path}` },
  ];
}

/** A held directory whose path is the wanted one or above it. */
interface HeldDirectory {
  readonly access: readonly FsAccess[];
  readonly match: readonly Glob[];
  readonly except: readonly Glob[];
  /** Components from the held directory down to the wanted one. */
  readonly below: readonly string[];
}

function seenFrom(have: FsPermission, want: FsPermission): readonly HeldDirectory[] {
  const below = componentsBelow(have.path, want.path);
  if (below === undefined) return [];
  const globs = (sources: readonly string[]): readonly Glob[] => sources.flatMap((source) => parseGlob(source) ?? []);
  return [{ access: have.access, match: globs(have.match), except: globs(have.except), below }];
}

/** Components that lead from one canonical path down to another; undefined when they do not, or cannot be told. */
export function componentsBelow(above: string, path: string): readonly string[] | undefined {
  if (path === above) return [];
  const prefix = above === '/' ? '/' : `${above}/`;
  if (!path.startsWith(prefix)) return undefined;
  return path.slice(prefix.length).split('/');
}

function coversGlob(have: HeldDirectory, source: string, except: readonly string[]): boolean {
  const wanted = shifted(source, have.below);
  if (wanted === undefined || !have.match.some((glob) => globIncludes(glob, wanted))) return false;
  const excepted = except.flatMap((glob) => shifted(glob, have.below) ?? []);
  return have.except.every((glob) => {
    const reach = belowToo(glob);
    return globsDisjoint(reach, wanted) || excepted.some((own) => globIncludes(belowToo(own), reach));
  });
}

/** A glob below the wanted directory as a glob below the held one. */
function shifted(source: string, below: readonly string[]): Glob | undefined {
  const glob = parseGlob(source);
  if (glob === undefined) return undefined;
  const prefix = below.map((text) => ({ kind: 'literal', text }) as const);
  return { source, choices: glob.choices.map((choice) => [...prefix, ...choice]) };
}
