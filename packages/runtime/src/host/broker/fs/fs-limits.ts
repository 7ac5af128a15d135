/** Caps on a single operation. What a whole call may read or open is the meter's business. */
export interface FsLimits {
  /** Largest file one readFile returns. Default 16 MiB. */
  readonly maxReadBytes: number;
  /** Bytes per read and per streamed chunk; smaller files come back as one array. Default 256 KiB. */
  readonly chunkBytes: number;
  /** Entries one readdir returns. Default 1,000. */
  readonly maxListEntries: number;
  /** Entries one readdir looks at, granted or not. Default 10,000. */
  readonly maxScannedEntries: number;
  /** Files and directories one broker has open for reading at a time, unread bodies included. Default 16. */
  readonly maxOpenHandles: number;
}

export const DEFAULT_FS_LIMITS: FsLimits = {
  maxReadBytes: 16 * 1024 * 1024,
  chunkBytes: 256 * 1024,
  maxListEntries: 1_000,
  maxScannedEntries: 10_000,
  maxOpenHandles: 16,
};

/** The call's running budget. */
export interface FsMeter {
  /** Books `amount` and tells whether the budget covers it; false means spent, and stays false. */
  charge(kind: 'fsReadBytes' | 'fsWriteBytes' | 'files', amount: number): boolean;
}
