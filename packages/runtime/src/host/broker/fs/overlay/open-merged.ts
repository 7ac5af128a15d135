import { type FsRefusal, refuse } from '../fs-refusal.ts';
import type { MountRoot, OverlayLayers } from '../mount-root.ts';
import { type BeneathPath, type OpenedEntry, type OpenIntent, openInLayer } from '../open-in-layer.ts';
import { copyUp } from './copy-up.ts';

/** The upper directory first, then the granted one unless it is hidden there. What is changed in place is copied up. */
export function openMerged(
  root: MountRoot,
  layers: OverlayLayers,
  path: BeneathPath,
  intent: OpenIntent,
): OpenedEntry | FsRefusal {
  const above = openInLayer(layers.upper, path, intent);
  if (above.kind !== 'refused' || above.rule !== 'not-found') return above;
  if (layers.hidden.covers(path.components)) return refuse('not-found');
  if (typeof intent !== 'number') return openInLayer(root, path, intent);
  const refused = copyUp(root, layers, path);
  return refused ?? openInLayer(layers.upper, path, intent);
}
