import type { ListedName, NameIterator } from '../fs-powers.ts';
import type { MountRoot, OverlayLayers } from '../mount-root.ts';
import { openInLayer } from '../open-in-layer.ts';

/**
 * The names of one directory in the view: those of the upper directory, then those of the granted one that are neither
 * hidden nor among the first.
 */
export async function openMergedNames(
  root: MountRoot,
  layers: OverlayLayers,
  components: readonly string[],
): Promise<NameIterator> {
  const upper = await openNamesIn(layers.upper, components);
  const lower = layers.hidden.covers(components) ? undefined : await openNamesIn(root, components);
  const seen = new Set<string>();
  return {
    async next(): Promise<ListedName | undefined> {
      const above = await upper?.next();
      if (above !== undefined) {
        seen.add(keyOf(above));
        return above;
      }
      for (;;) {
        const below = await lower?.next();
        if (below === undefined) return undefined;
        if (!seen.has(keyOf(below)) && !layers.hidden.covers([...components, keyOf(below)])) return below;
      }
    },
    async [Symbol.asyncDispose]() {
      await upper?.[Symbol.asyncDispose]();
      await lower?.[Symbol.asyncDispose]();
    },
  };
}

async function openNamesIn(root: MountRoot, components: readonly string[]): Promise<NameIterator | undefined> {
  const opened = openInLayer(root, { components, mustBeDirectory: true }, 'directory');
  if (opened.kind === 'refused') return undefined;
  using pin = opened.handle;
  return await root.powers.openNames(`/proc/self/fd/${pin.fd}`);
}

/** Names that are no UTF-8 can neither be hidden nor asked for. */
function keyOf({ name }: ListedName): string {
  return Buffer.from(name).toString('utf8');
}
