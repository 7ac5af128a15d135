import { readlinkSync } from 'node:fs';
import type { LayerReport } from '../jail-spec.ts';
import { type EnclosureSpec, type NamespaceIds, type NamespaceName, REQUIRED_NAMESPACES } from './enclosure.ts';

const WORDS: Readonly<Record<NamespaceName, string>> = {
  mnt: 'mount',
  pid: 'process',
  net: 'network',
  ipc: 'IPC',
  uts: 'host name',
  cgroup: 'cgroup',
  user: 'user',
};

/** The namespaces of this process. */
export function ownNamespaces(): NamespaceIds {
  const names: readonly NamespaceName[] = [...REQUIRED_NAMESPACES, 'user'];
  return Object.fromEntries(names.flatMap((name) => namespaceEntry(name)));
}

/** What the launcher finds around itself, compared with what the host said of itself. */
export function describeEnclosure(spec: EnclosureSpec, inside: NamespaceIds = ownNamespaces()): LayerReport {
  if (spec.kind === 'none') return { layer: 'namespaces', state: 'absent', detail: spec.reason };
  const wanted: readonly NamespaceName[] = spec.userNamespace ? [...REQUIRED_NAMESPACES, 'user'] : REQUIRED_NAMESPACES;
  const shared = wanted.filter((name) => inside[name] === undefined || inside[name] === spec.outside[name]);
  if (shared.length === 0) {
    return {
      layer: 'namespaces',
      state: 'enforced',
      detail: `${list(wanted)} of its own; a read-only root with the boot files only`,
    };
  }
  return { layer: 'namespaces', state: 'partial', detail: `shared with the host or missing: ${list(shared)}` };
}

/**
 * The number that the host knows this process by. A procfs resolves `self` in the process namespace that it was mounted for,
 * so the host's own /proc answers in the host's numbers.
 */
export function pidSeenByHost(spec: EnclosureSpec): number {
  if (spec.kind === 'none') return process.pid;
  return Number(readlinkSync(`/proc/self/fd/${spec.hostProcDescriptor}/self`));
}

function namespaceEntry(name: NamespaceName): readonly (readonly [NamespaceName, string])[] {
  try {
    return [[name, readlinkSync(`/proc/self/ns/${name}`)]];
  } catch {
    // A kernel that was built without it.
    return [];
  }
}

function list(names: readonly NamespaceName[]): string {
  return names.map((name) => WORDS[name]).join(', ');
}
