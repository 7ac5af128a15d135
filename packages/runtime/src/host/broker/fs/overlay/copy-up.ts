import { ruleOfErrno } from '../errno-rule.ts';
import { CREATE_FLAGS } from '../fs-powers.ts';
import { type FsRefusal, refuse } from '../fs-refusal.ts';
import type { MountRoot, OverlayLayers } from '../mount-root.ts';
import { type BeneathPath, type OpenedEntry, openInLayer } from '../open-in-layer.ts';
import { ensureUpperDirectory } from './ensure-upper-directory.ts';

/** Copying holds up the host, so a larger file is not changed in place beneath an overlay; replacing it works. */
const MAX_COPY_BYTES = 64 * 1024 * 1024;
const FILE_MODE = 0o600;

/** Makes a file of the granted directory one of the upper directory. The granted one is only read. */
export function copyUp(root: MountRoot, layers: OverlayLayers, path: BeneathPath): FsRefusal | undefined {
  const source = openInLayer(root, path, 'file');
  if (source.kind === 'refused') return source;
  using from = source.handle;
  if (from.fd === undefined) return refuse('io-failure');
  if (source.facts.links > 1n) return refuse('hard-link');
  if (source.facts.size > MAX_COPY_BYTES) return refuse('read-cap');
  const parent = ensureUpperDirectory(layers, path.components.slice(0, -1));
  if (parent.kind === 'refused') return parent;
  if (root.quota?.reserve(source.facts.size, 1) !== undefined) return refuse('mount-quota-bytes');
  const refused = copyInto(root, parent, path.components.at(-1) ?? '', from.fd);
  if (refused !== undefined) root.quota?.release(source.facts.size, 1);
  return refused;
}

function copyInto({ powers }: MountRoot, parent: OpenedEntry, name: string, from: number): FsRefusal | undefined {
  using directory = parent.handle;
  const made = powers.open(`/proc/self/fd/${directory.fd}/${name}`, CREATE_FLAGS, FILE_MODE);
  if (made.kind === 'failed') return refuse(ruleOfErrno(made.errno));
  try {
    powers.copyContent(`/proc/self/fd/${from}`, `/proc/self/fd/${made.fd}`);
    powers.setMode(made.fd, FILE_MODE);
    return undefined;
  } finally {
    powers.close(made.fd);
  }
}
