import { HOME_ENTRIES, ROOT_ENTRIES, STATE_ENTRIES, SYSTEM_TREES } from './sensitive-path-table.ts';

/** Why a directory must not be given to a skill without a named override. */
export interface SensitivePath {
  readonly reason: string;
}

/**
 * Tells whether a path is too broad or too sensitive to be granted: `/`, `~`, the project root, system trees, homes,
 * credential stores, shell start-up files, browser profiles, `.git` (its hooks run code), carapace's own state, and every
 * directory that contains one of these by name. Lexical: give it canonical paths (`/…`, `~/…`, or relative to the
 * project), and resolved ones where links matter. Case is ignored, because some file systems ignore it.
 */
export function sensitivePath(path: string): SensitivePath | undefined {
  const folded = path.toLowerCase().replace(/(?<=.)\/+$/, '');
  if (folded === '/') return { reason: 'the whole file system' };
  if (folded === '' || folded === '.') return { reason: 'the whole project, with its configuration and history' };
  const components = folded.split('/');
  if (components.includes('..')) return { reason: 'a path that leaves its own root' };
  const anywhere = sensitiveAnywhere(components.filter((part) => part !== '' && part !== '.'));
  if (anywhere !== undefined) return { reason: anywhere };
  const home = homeRelative(components);
  if (home !== undefined) return homeReason(home);
  return components[0] === '' ? rootReason(components.slice(1)) : undefined;
}

/** `~/x` and `/home/u/x` are the same kind of place; a home itself is not below a home. */
function homeRelative(components: readonly string[]): readonly string[] | undefined {
  if (components[0] === '~') return components.slice(1);
  if (components[0] !== '') return undefined;
  if (components[1] === 'root') return components.slice(2);
  return components[1] === 'home' || components[1] === 'users' ? components.slice(3) : undefined;
}

function homeReason(inHome: readonly string[]): SensitivePath | undefined {
  if (inHome.length === 0) return { reason: 'a whole home directory' };
  const path = inHome.join('/');
  for (const [entry, reason] of HOME_ENTRIES) {
    if (isAtOrBelow(path, entry)) return { reason };
    if (isAtOrBelow(entry, path)) return { reason: `a directory that contains ${reason}` };
  }
  return undefined;
}

function rootReason(components: readonly string[]): SensitivePath | undefined {
  const path = components.join('/');
  if (ROOT_ENTRIES.includes(path)) return { reason: 'a top-level directory of the system' };
  const tree = SYSTEM_TREES.find((entry) => isAtOrBelow(path, entry));
  return tree === undefined ? undefined : { reason: `the system directory /${tree}` };
}

function sensitiveAnywhere(components: readonly string[]): string | undefined {
  for (const [entry, reason] of STATE_ENTRIES) {
    if (components.includes(entry)) return reason;
  }
  // Absolute paths to somebody's store (`/srv/backup/alice/.ssh`) are as bad as `~/.ssh`; only dot entries are telling.
  const path = `${components.join('/')}/`;
  const hit = HOME_ENTRIES.find(
    ([entry]) => entry.startsWith('.') && (path.startsWith(`${entry}/`) || path.includes(`/${entry}/`)),
  );
  return hit?.[1];
}

function isAtOrBelow(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}
