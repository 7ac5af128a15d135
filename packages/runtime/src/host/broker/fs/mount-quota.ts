/** What a directory holds, counted while it is open. Shared by all who have the same directory open. */
export interface HeldSpace {
  /** Sizes are logical: a hole in a sparse file counts like written bytes. */
  bytes: number;
  /** Directories count as files: both take an inode. */
  files: number;
}

/** What one mount may hold in all. */
export class MountQuota {
  readonly maxBytes: number;
  readonly maxFiles: number;
  readonly #held: HeldSpace;

  constructor(maxima: { readonly bytes: number; readonly files: number }, held: HeldSpace) {
    this.maxBytes = maxima.bytes;
    this.maxFiles = maxima.files;
    this.#held = held;
  }

  get bytes(): number {
    return this.#held.bytes;
  }

  get files(): number {
    return this.#held.files;
  }

  /** All or nothing; the answer is what there is too little of. A mount that is over its quota may still shrink. */
  reserve(bytes: number, files: number): 'bytes' | 'files' | undefined {
    const held = this.#held;
    if (bytes > 0 && held.bytes + bytes > this.maxBytes) return 'bytes';
    if (files > 0 && held.files + files > this.maxFiles) return 'files';
    held.bytes += bytes;
    held.files += files;
    return undefined;
  }

  /** Never below nothing: somebody else may have removed what was counted. */
  release(bytes: number, files: number): void {
    const held = this.#held;
    held.bytes = Math.max(0, held.bytes - bytes);
    held.files = Math.max(0, held.files - files);
  }
}
