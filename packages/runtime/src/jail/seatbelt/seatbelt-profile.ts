/** What a worker on macOS has to read: everything else is denied. */
export interface SeatbeltFiles {
  readonly node: string;
  readonly bundle: string;
  readonly addon: string;
}

/** Where macOS keeps the libraries of every program, and the cache that it loads them from. */
const SYSTEM_FOLDERS = ['/usr/lib', '/System/Library', '/System/Volumes/Preboot/Cryptexes'] as const;
const SYSTEM_FILES = ['/dev/null', '/dev/urandom', '/private/etc/localtime'] as const;

/**
 * Profile for `sandbox-exec -p`: deny by default; no network, no fork, no other program, no write to any file; reading of Node,
 * of the worker and of the system's libraries.
 *
 * UNTESTED: no macOS was at hand. Until somebody has run the attacks there, a worker under it counts as level `process`.
 *
 * @see `man sandbox-exec`; the language is the one of the profiles in /System/Library/Sandbox/Profiles
 */
export function seatbeltProfile({ node, bundle, addon }: SeatbeltFiles): string {
  const folders = SYSTEM_FOLDERS.map((path) => `(subpath ${quoted(path)})`);
  const code = [...folders, `(literal ${quoted(node)})`, `(literal ${quoted(addon)})`].join(' ');
  const data = [...SYSTEM_FILES, bundle].map((path) => `(literal ${quoted(path)})`).join(' ');
  return [
    '(version 1)',
    '(deny default)',
    '(deny network*)',
    '(deny process-fork)',
    '(deny file-write*)',
    `(allow process-exec (literal ${quoted(node)}))`,
    `(allow file-read* ${code} ${data})`,
    `(allow file-map-executable ${code})`,
    // Path look-up asks for the metadata of each folder on the way.
    '(allow file-read-metadata)',
    // V8 asks for the number of processors and the size of memory.
    '(allow sysctl-read)',
    '(allow signal (target self))',
    '',
  ].join('\n');
}

/** A string of the profile language. @throws TypeError for a path that could end the string or the line */
function quoted(path: string): string {
  if (/["\\\p{Cc}]/u.test(path))
    throw new TypeError(`Cannot write a profile for "${path}": it holds a special character`);
  return `"${path}"`;
}
