import { existsSync, readFileSync, realpathSync } from 'node:fs';

/** Absolute real paths of what a second start of this very node has to read. */
export interface BootFiles {
  readonly executable: readonly string[];
  readonly libraries: readonly string[];
}

/**
 * Reads the launcher’s own memory map: it runs the same node, so its mapped libraries are the worker’s libraries. Native
 * add-ons (koffi) end in `.node` and are left out: the worker has no use for them.
 */
export function readBootFiles(): BootFiles {
  const mapped = mappedFiles(readFileSync('/proc/self/maps', 'utf8'));
  const node = realpathSync(process.execPath);
  const interpreter = mapped.filter((path) => /\/ld-(linux|musl)[^/]*\.so[^/]*$/.test(path));
  const libraries = mapped.filter((path) => /\.so(\.\d+)*$/.test(path) && !interpreter.includes(path));
  const cache = ['/etc/ld.so.cache'].filter((path) => existsSync(path));
  return { executable: [node, ...interpreter.map((path) => realpathSync(path))], libraries: [...libraries, ...cache] };
}

/** File-backed entries of a /proc/PID/maps text, once each. */
export function mappedFiles(maps: string): readonly string[] {
  const paths = maps
    .split('\n')
    .map((line) => /^\S+ \S+ \S+ \S+ \S+\s+(\/.*)$/.exec(line)?.[1])
    .filter((path) => path !== undefined);
  return [...new Set(paths)];
}
