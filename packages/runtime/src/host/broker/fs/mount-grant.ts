export type FsAccess = 'read' | 'list' | 'write' | 'create' | 'delete';

/**
 * One directory an operator agreed to. Relative paths have `/` between components and no leading slash; the mount root
 * itself is the empty string and needs no match.
 */
export interface MountGrant {
  /** First component of the virtual path, e.g. `docs`. */
  readonly mount: string;
  /** Absolute; may be or pass through a symlink, which is resolved once, when the root is opened. */
  readonly hostPath: string;
  readonly access: ReadonlySet<FsAccess>;
  /** Whether this file or directory itself is granted. */
  matches(relativePath: string): boolean;
  /** Whether something below this directory could be granted; false for an excluded one. */
  matchesDirectory(relativePath: string): boolean;
  /** Default false: a file with a second name may live outside the mount, and its owner did not agree to anything. */
  readonly allowHardLinks?: boolean;
  /** Default false: no write to names that other programs run or trust, see dangerous-names.ts. */
  readonly allowDangerousNames?: boolean;
  /** Default false. For a mount on a filesystem that ignores case; sound only if no path is excluded or all are granted. */
  readonly allowCaseFolding?: boolean;
}
