import { decodeName } from '../list-entry.ts';
import type { MountRoot } from '../mount-root.ts';
import { openInLayer } from '../open-in-layer.ts';
import { isTemporaryName } from '../temporary-name.ts';

export interface LayerEntry {
  readonly components: readonly string[];
  readonly kind: 'file' | 'directory';
  readonly size: number;
}

/** What stands at a path of one layer, if the gate lets it be seen. */
export function lookInLayer(layer: MountRoot, components: readonly string[]): LayerEntry | undefined {
  const entry = openInLayer(layer, { components, mustBeDirectory: false }, 'inspect');
  if (entry.kind === 'refused') return undefined;
  entry.handle[Symbol.dispose]();
  return { components, kind: entry.kind, size: entry.kind === 'file' ? entry.facts.size : 0 };
}

/** Everything below a path of one layer, and what stands there itself, parents first. Links and special files are no entries. */
export async function* treeBelow(layer: MountRoot, start: readonly string[]): AsyncGenerator<LayerEntry, void> {
  const first = lookInLayer(layer, start);
  const pending: LayerEntry[] = first === undefined ? [] : [first];
  for (const entry of pending) {
    if (entry.components.length > 0) yield entry;
    if (entry.kind !== 'directory') continue;
    for (const name of await namesIn(layer, entry.components)) {
      const child = isTemporaryName(name) ? undefined : lookInLayer(layer, [...entry.components, name]);
      if (child !== undefined) pending.push(child);
    }
  }
}

async function namesIn(layer: MountRoot, components: readonly string[]): Promise<readonly string[]> {
  const opened = openInLayer(layer, { components, mustBeDirectory: true }, 'directory');
  if (opened.kind === 'refused') return [];
  using pin = opened.handle;
  await using found = await layer.powers.openNames(`/proc/self/fd/${pin.fd}`);
  const names: string[] = [];
  for (let entry = await found.next(); entry !== undefined; entry = await found.next()) {
    const name = decodeName(entry.name);
    if (name !== undefined) names.push(name);
  }
  return names;
}
