import { closeSync, constants, existsSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { syscall } from './kernel.ts';

/** O_PATH is not in node:fs constants; its value is the same on x86-64 and arm64. */
const O_PATH = 0x200000;

/** What a second start of this very node has to read, as O_PATH descriptors. */
export interface BootFiles {
  /** The node that the launcher becomes. Also the first of `executable`. */
  readonly node: number;
  readonly executable: readonly number[];
  readonly libraries: readonly number[];
}

/**
 * Opens the boot files of the launcher's own memory map: it runs the same node, so its mapped libraries are the worker's
 * libraries. Native add-ons (koffi) end in `.node` and are left out: the worker has no use for them. To be called while the
 * launcher still is who started it, because `nobody` may not even enter the folder that node lies in.
 */
export function openBootFiles(): BootFiles {
  const mapped = mappedFiles(readFileSync('/proc/self/maps', 'utf8'));
  const interpreter = mapped.filter((path) => /\/ld-(linux|musl)[^/]*\.so[^/]*$/.test(path));
  const libraries = mapped.filter((path) => /\.so(\.\d+)*$/.test(path) && !interpreter.includes(path));
  const cache = ['/etc/ld.so.cache'].filter((path) => existsSync(path));
  const node = open(realpathSync(process.execPath));
  return {
    node,
    executable: [node, ...interpreter.map((path) => open(realpathSync(path)))],
    libraries: [...libraries, ...cache].map(open),
  };
}

/**
 * Puts a description of the worker's own behind a number that it inherited. A description that several workers share keeps
 * its position and flags (`lseek`, `fcntl F_SETFL`): one worker could hand bits to the next, or set O_DIRECT, after which no
 * later worker can read its own bundle.
 */
export function openPrivately(fd: number): void {
  const own = openSync(`/proc/self/fd/${fd}`, constants.O_RDONLY);
  syscall('dup3', own, fd, 0);
  closeSync(own);
}

function open(path: string): number {
  return openSync(path, O_PATH | constants.O_NOFOLLOW);
}

/** File-backed entries of a /proc/PID/maps text, once each. */
function mappedFiles(maps: string): readonly string[] {
  const paths = maps
    .split('\n')
    .map((line) => /^\S+ \S+ \S+ \S+ \S+\s+(\/.*)$/.exec(line)?.[1])
    .filter((path) => path !== undefined);
  return [...new Set(paths)];
}
