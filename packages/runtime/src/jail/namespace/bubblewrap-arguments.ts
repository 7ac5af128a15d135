import { posix } from 'node:path';

/** A file or folder that stands in the worker's root. */
export interface BoundFile {
  readonly source: string;
  readonly target: string;
}

/** How much bubblewrap may ask of the kernel. */
export interface BubblewrapMode {
  /** Off only for real root: with one, user id 0 would stay user id 0 outside (corpus OS-131). */
  readonly userNamespace: boolean;
  /** `--disable-userns`, which came with bubblewrap 0.8.0: no further user namespace inside (corpus OS-127). */
  readonly disableUserNamespaces: boolean;
}

/** What the launcher needs for its own layers where no user namespace is; it drops them before it becomes the worker. */
const LAUNCHER_CAPABILITIES = ['CAP_SETUID', 'CAP_SETGID', 'CAP_SETPCAP', 'CAP_DAC_READ_SEARCH'] as const;

/**
 * Options of bubblewrap, up to and including `--`: namespaces of its own, a root in memory with the given files and nothing
 * else, read-only, and a /proc that shows the sandbox. /proc is needed for the worker's descriptors by name; Landlock forbids
 * reading the rest of it. There is no /dev, no /etc and no writable folder.
 */
export function bubblewrapArguments(files: readonly BoundFile[], mode: BubblewrapMode): readonly string[] {
  return [
    ...(mode.userNamespace ? ['--unshare-user'] : []),
    ...(mode.userNamespace && mode.disableUserNamespaces ? ['--disable-userns'] : []),
    '--unshare-ipc',
    '--unshare-pid',
    '--unshare-net',
    '--unshare-uts',
    '--unshare-cgroup',
    // A dead host cannot kill: the kernel ends bubblewrap, its first process, and with that one the namespace.
    '--die-with-parent',
    // No controlling terminal, so nothing can be typed into it (CVE-2017-5226).
    '--new-session',
    '--clearenv',
    '--hostname',
    'sandbox',
    '--cap-drop',
    'ALL',
    ...(mode.userNamespace ? [] : LAUNCHER_CAPABILITIES.flatMap((name) => ['--cap-add', name])),
    // Made by name, or bubblewrap makes them for root alone and `nobody` finds no loader.
    ...foldersOf(files).flatMap((folder) => ['--dir', folder]),
    ...files.flatMap(({ source, target }) => ['--ro-bind', source, target]),
    '--proc',
    '/proc',
    '--remount-ro',
    '/',
    '--chdir',
    '/',
    '--',
  ];
}

/** Every folder above a target, each after the one that it is in. */
function foldersOf(files: readonly BoundFile[]): readonly string[] {
  const folders = new Set(files.flatMap(({ target }) => foldersAbove(target)));
  return [...folders].toSorted((one, other) => one.length - other.length);
}

function foldersAbove(path: string): readonly string[] {
  const folder = posix.dirname(path);
  return folder === '/' ? [] : [...foldersAbove(folder), folder];
}
