import type { MountRoot, OverlayLayers } from '../mount-root.ts';
import { type LayerEntry, lookInLayer, treeBelow } from './tree-below.ts';

const MAX_CHANGES = 10_000;

/** One path that a commit would touch. */
export interface OverlayChange {
  /** Relative to the mount, `/` between names. The skill's words: escape them before they reach a terminal. */
  readonly path: string;
  readonly kind: 'file' | 'directory';
  readonly change: 'added' | 'changed' | 'removed';
  /** Bytes in the granted directory; absent for what is added. */
  readonly sizeBefore?: number;
  /** Bytes in the overlay; absent for what is removed. */
  readonly sizeAfter?: number;
}

/** What a commit would do. */
export interface OverlayDiff {
  /** Sorted by path. */
  readonly changes: readonly OverlayChange[];
  /** There are more than the 10,000 that are listed. */
  readonly truncated: boolean;
}

/** Compares names, kinds and sizes; a file that was written with what it held already counts as changed. */
export async function diffOverlay(root: MountRoot, layers: OverlayLayers): Promise<OverlayDiff> {
  const changes: OverlayChange[] = [];
  for await (const change of changesOf(root, layers)) {
    changes.push(change);
    if (changes.length > MAX_CHANGES) break;
  }
  const listed = changes.slice(0, MAX_CHANGES).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { changes: listed, truncated: changes.length > MAX_CHANGES };
}

export async function* changesOf(
  lower: MountRoot,
  { upper, hidden }: OverlayLayers,
): AsyncGenerator<OverlayChange, void> {
  for await (const above of treeBelow(upper, [])) {
    const below = lookInLayer(lower, above.components);
    if (below?.kind !== above.kind) yield added(above);
    else if (above.kind === 'file') yield { ...added(above), change: 'changed', sizeBefore: below.size };
  }
  const seen = new Set<string>();
  for (const path of hidden.list()) {
    for await (const below of treeBelow(lower, path)) {
      const name = below.components.join('/');
      if (seen.has(name) || lookInLayer(upper, below.components)?.kind === below.kind) continue;
      seen.add(name);
      yield { path: name, kind: below.kind, change: 'removed', sizeBefore: below.size };
    }
  }
}

function added({ components, kind, size }: LayerEntry): OverlayChange {
  return { path: components.join('/'), kind, change: 'added', sizeAfter: size };
}
