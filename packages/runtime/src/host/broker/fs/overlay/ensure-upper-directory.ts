import { ruleOfErrno } from '../errno-rule.ts';
import { errnoOf } from '../fs-powers.ts';
import { type FsRefusal, refuse } from '../fs-refusal.ts';
import type { OverlayLayers } from '../mount-root.ts';
import { type OpenedEntry, openInLayer } from '../open-in-layer.ts';

const DIRECTORY_MODE = 0o700;

/** The same directory in the upper tree, made with all its parents where it is missing there. It is known to exist in the view. */
export function ensureUpperDirectory({ upper }: OverlayLayers, components: readonly string[]): OpenedEntry | FsRefusal {
  let current = openInLayer(upper, { components: [], mustBeDirectory: true }, 'directory');
  for (let length = 1; length <= components.length; length += 1) {
    if (current.kind === 'refused') return current;
    using parent = current.handle;
    const path = { components: components.slice(0, length), mustBeDirectory: true };
    current = openInLayer(upper, path, 'directory');
    if (current.kind !== 'refused' || current.rule !== 'not-found') continue;
    const refused = make(upper.powers.makeDirectory, `/proc/self/fd/${parent.fd}/${components[length - 1] ?? ''}`);
    if (refused !== undefined) return refused;
    current = openInLayer(upper, path, 'directory');
  }
  return current;
}

function make(makeDirectory: (path: string, mode: number) => void, path: string): FsRefusal | undefined {
  try {
    makeDirectory(path, DIRECTORY_MODE);
    return undefined;
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    return refuse(ruleOfErrno(errno));
  }
}
