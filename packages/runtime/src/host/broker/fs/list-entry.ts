import { isListed } from './fs-policy.ts';
import type { ListedName } from './fs-powers.ts';
import type { MountRequest } from './open-granted.ts';
import { isSpellableName } from './virtual-path.ts';

/** A link is `other`, as are FIFOs, sockets and devices: none of them can be opened. */
export interface ListEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'other';
}

/** Undefined for what the guest may not know of or could not ask for. */
export function toListEntry(found: ListedName, { root, path }: MountRequest): ListEntry | undefined {
  const name = decodeName(found.name);
  if (name === undefined || !isSpellableName(name)) return undefined;
  const relative = path.components.length === 0 ? name : `${path.components.join('/')}/${name}`;
  return isListed(root.grant, relative, found.kind === 'directory') ? { name, kind: found.kind } : undefined;
}

/** Strict: two names with different invalid bytes must not turn into the same replacement characters. */
export function decodeName(name: Uint8Array): string | undefined {
  const text = Buffer.from(name).toString('utf8');
  return Buffer.from(text).equals(name) ? text : undefined;
}
