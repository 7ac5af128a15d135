import { readFileSync } from 'node:fs';
import { koffiAddon } from '../launch-files.ts';
import type { BoundFile } from './bubblewrap-arguments.ts';

/** Where things are inside. */
export const INSIDE = {
  node: '/carapace/node',
  launcher: '/carapace/launcher.mjs',
  koffi: '/carapace/koffi.node',
} as const;

/** Node, its loader and libraries, the launcher and koffi: what a launcher opens before it has become the worker. */
export function sandboxFiles(launcherPath: string, libraries: readonly string[]): readonly BoundFile[] {
  return [
    { source: process.execPath, target: INSIDE.node },
    ...libraries.map((path) => ({ source: path, target: path })),
    { source: launcherPath, target: INSIDE.launcher },
    { source: koffiAddon(), target: INSIDE.koffi },
  ];
}

/** Programs whose libraries have to be there: they are asked of the loader itself, which is the one that will look for them. */
export function programsWithLibraries(): readonly string[] {
  return [process.execPath, koffiAddon()];
}

/** The program interpreter of the running Node; undefined for one that is linked statically. */
export function ownLoader(maps: string = readFileSync('/proc/self/maps', 'utf8')): string | undefined {
  return /(\/\S*\/ld-(?:linux|musl)[^/\s]*\.so[^/\s]*)$/m.exec(maps)?.[1];
}

/**
 * Paths in the answer of `ld.so --list <program>`, of glibc and of musl: `name => path (address)`, or a path alone. The loader
 * is named by the path that programs know it by, which may be a link to the path that answered; both are there. The
 * kernel's own vdso has no path.
 */
export function parseLoaderList(text: string): readonly string[] {
  const paths = text.split('\n').flatMap((line) => {
    const [, asked, found] = /^\s*(\S+)(?: => (\S+))? \(0x[0-9a-f]+\)$/.exec(line) ?? [];
    return [asked, found].filter((path) => path?.startsWith('/') === true);
  });
  return [...new Set(paths.filter((path) => path !== undefined))];
}
