/** Caps on a single operation. What a whole call may read, write or touch is the meter's business. */
export interface FsLimits {
  /** Largest file one readFile returns. Default 16 MiB. */
  readonly maxReadBytes: number;
  /** Bytes per read and per streamed chunk; smaller files come back as one array. Default 256 KiB. */
  readonly chunkBytes: number;
  /** Bytes one read of a handle returns. Default 1 MiB. */
  readonly maxHandleReadBytes: number;
  /** Entries one readdir returns. Default 1,000. */
  readonly maxListEntries: number;
  /** Entries one readdir, or one answer of an open directory, looks at, granted or not. Default 10,000. */
  readonly maxScannedEntries: number;
  /** Entries one answer of an open directory gives. Default 256. */
  readonly maxListBatch: number;
  /** Files and directories one broker has open at a time, unread bodies included. Default 16. */
  readonly maxOpenHandles: number;
  /** Components below the mount that something new may have. Default 32. */
  readonly maxWriteDepth: number;
  /** Entries that one recursive removal or one move of a directory may involve. Default 10,000. */
  readonly maxTreeEntries: number;
  /** Nothing is written that would leave less room than this on the storage. Default 16 MiB. */
  readonly minFreeBytes: number;
  /** Nothing is created that would leave room for fewer files than this. Default 1,024. */
  readonly minFreeFiles: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

export const DEFAULT_FS_LIMITS: FsLimits = {
  maxReadBytes: 16 * MIB,
  chunkBytes: 256 * KIB,
  maxHandleReadBytes: MIB,
  maxListEntries: 1_000,
  maxScannedEntries: 10_000,
  maxListBatch: 256,
  maxOpenHandles: 16,
  maxWriteDepth: 32,
  maxTreeEntries: 10_000,
  minFreeBytes: 16 * MIB,
  minFreeFiles: 1_024,
};

/** The call's running budget. */
export interface FsMeter {
  /** Books `amount` and tells whether the budget covers it; false means spent, and stays false. */
  charge(kind: 'fsReadBytes' | 'fsWriteBytes' | 'files', amount: number): boolean;
}
