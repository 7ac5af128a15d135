import type { FileBody } from './file-body.ts';
import type { FsRefusal } from './fs-refusal.ts';

/** For the audit record: what was asked, where it led, how it was contained. Never a host path. */
export interface FsTrail {
  /** Absent when the path named no granted mount. */
  readonly mount?: string;
  /** As the guest wrote it, cut to 4,096 UTF-16 units; may hold any character when the path was refused for its form. */
  readonly path: string;
  /** `none`: decided before anything was opened. */
  readonly containment: 'kernel' | 'walk' | 'none';
  /** Bytes of file content read so far; final once the body has ended. */
  readonly bytes: number;
}

/** A streamed body has to be read to its end or disposed. It throws FsReadFailure when a cap or budget ends it early. */
export type FsContent = Uint8Array | FileBody;

export interface FsDone {
  readonly kind: 'done';
  /** JSON. */
  readonly value?: unknown;
  readonly body?: FsContent;
}

export type FsOutcome = (FsDone | FsRefusal) & { readonly trail: FsTrail };
