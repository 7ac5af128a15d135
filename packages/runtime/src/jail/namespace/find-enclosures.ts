import { bubblewrapArguments } from './bubblewrap-arguments.ts';
import type { Enclosure } from './enclosure.ts';
import { type HostPrivilege, hostPrivilege, modesFor } from './host-privilege.ts';
import { ownNamespaces } from './own-namespaces.ts';
import { ownLoader, parseLoaderList, programsWithLibraries, sandboxFiles } from './sandbox-files.ts';
import { findTrustedProgram, type TrustedProgram } from './trusted-program.ts';

/** Ways to enclose a worker that are worth a try, strongest first, or why there is none. */
export type EnclosuresFound =
  | { readonly kind: 'candidates'; readonly enclosures: readonly Enclosure[] }
  | { readonly kind: 'none'; readonly reason: string };

/** What the search stands on. All but the first two have defaults that look at this machine. */
export interface EnclosureSearch {
  readonly launcherPath: string;
  /** Standard output of a short program; empty when it fails. */
  readonly outputOf: (program: string, args: readonly string[]) => Promise<string>;
  readonly program?: TrustedProgram;
  readonly privilege?: HostPrivilege;
}

/** Finds bubblewrap and what to show it. Whether it works here is for a real launch to tell. */
export async function findEnclosures(search: EnclosureSearch): Promise<EnclosuresFound> {
  const { launcherPath, outputOf, program = findTrustedProgram('bwrap'), privilege = hostPrivilege() } = search;
  if (program.kind === 'refused') return { kind: 'none', reason: program.reason };
  const modes = modesFor(privilege);
  if (modes.length === 0) {
    return { kind: 'none', reason: 'the host is root without CAP_SYS_ADMIN: inside, user 0 would stay user 0' };
  }
  const files = sandboxFiles(launcherPath, await librariesOf(outputOf));
  const outside = ownNamespaces();
  const enclosures = modes.map((mode): Enclosure => {
    const args = bubblewrapArguments(files, mode);
    return { kind: 'bubblewrap', program: program.path, arguments: args, userNamespace: mode.userNamespace, outside };
  });
  return { kind: 'candidates', enclosures };
}

/** Asked of the loader that will load them. A Node that is linked statically has none. */
async function librariesOf(outputOf: EnclosureSearch['outputOf']): Promise<readonly string[]> {
  const loader = ownLoader();
  if (loader === undefined) return [];
  const lists = await Promise.all(programsWithLibraries().map((program) => outputOf(loader, ['--list', program])));
  return [...new Set(lists.flatMap(parseLoaderList))];
}
