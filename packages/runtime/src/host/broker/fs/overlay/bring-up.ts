import type { FsRefusal } from '../fs-refusal.ts';
import type { MountRoot, OverlayLayers } from '../mount-root.ts';
import { type BeneathPath, openInLayer } from '../open-in-layer.ts';
import { copyUp } from './copy-up.ts';

/** Copies a file up unless it is in the upper directory already. */
export function bringUp(root: MountRoot, layers: OverlayLayers, path: BeneathPath): FsRefusal | undefined {
  const above = openInLayer(layers.upper, path, 'inspect');
  if (above.kind === 'refused') return above.rule === 'not-found' ? copyUp(root, layers, path) : above;
  above.handle[Symbol.dispose]();
  return undefined;
}
