/** What one mount may hold in all, and holds. Sizes are logical: a hole in a sparse file counts like written bytes. */
export class MountQuota {
  readonly maxBytes: number;
  readonly maxFiles: number;
  #bytes: number;
  #files: number;

  /** `held`: what a look at the mount found. Directories count as files: both take an inode. */
  constructor(maxima: { readonly bytes: number; readonly files: number }, held: { bytes: number; files: number }) {
    this.maxBytes = maxima.bytes;
    this.maxFiles = maxima.files;
    this.#bytes = held.bytes;
    this.#files = held.files;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get files(): number {
    return this.#files;
  }

  /** All or nothing; the answer is what there is too little of. A mount that is over its quota may still shrink. */
  reserve(bytes: number, files: number): 'bytes' | 'files' | undefined {
    if (bytes > 0 && this.#bytes + bytes > this.maxBytes) return 'bytes';
    if (files > 0 && this.#files + files > this.maxFiles) return 'files';
    this.#bytes += bytes;
    this.#files += files;
    return undefined;
  }

  /** Never below nothing: somebody else may have removed what was counted. */
  release(bytes: number, files: number): void {
    this.#bytes = Math.max(0, this.#bytes - bytes);
    this.#files = Math.max(0, this.#files - files);
  }
}
