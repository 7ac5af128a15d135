import type { FsLimits, FsMeter } from './fs-limits.ts';
import type { MountRoot } from './mount-root.ts';
import type { OpenHandles } from './open-handles.ts';

/** What all file operations of one call share. */
export interface FsCall {
  readonly roots: ReadonlyMap<string, MountRoot>;
  readonly limits: FsLimits;
  readonly meter: FsMeter;
  readonly handles: OpenHandles;
}
