import type { FsOp } from '../../../protocol/messages.ts';
import type { FsLimits, FsMeter } from './fs-limits.ts';
import { type FsRefusal, refuse } from './fs-refusal.ts';
import { mountRemedy } from './fs-remedy.ts';
import type { MountRoot } from './mount-root.ts';
import type { NamedHandle } from './named-handle.ts';
import type { MountRequest } from './open-granted.ts';
import type { OpenHandles } from './open-handles.ts';
import { parseVirtualPath } from './virtual-path.ts';

/** An operation that names its file by path. */
export type PathOp = Extract<FsOp, { path: string }>;

/** What all file operations of one call share. */
export interface FsCall {
  readonly roots: ReadonlyMap<string, MountRoot>;
  readonly limits: FsLimits;
  readonly meter: FsMeter;
  readonly handles: OpenHandles<NamedHandle>;
}

/** What a path of the guest leads to: the list of mounts, or a place in one of them. */
export type Located =
  | { readonly kind: 'root' }
  | { readonly kind: 'mount'; readonly request: MountRequest }
  | FsRefusal;

export function locate({ roots, limits, meter, handles }: FsCall, path: unknown): Located {
  const parsed = parseVirtualPath(path);
  if (parsed.kind !== 'mount') return parsed;
  const root = roots.get(parsed.mount);
  if (root === undefined) return refuse('mount-unknown', mountRemedy(parsed.mount));
  return { kind: 'mount', request: { root, path: parsed, limits, meter, handles } };
}
