import type { EffectBody } from '../effect.ts';
import type { FsRefusal } from './fs-refusal.ts';

/** A streamed body has to be read to its end or disposed. It throws FsFailure when a cap or budget ends it early. */
export type FsContent = Uint8Array | EffectBody;

export interface FsDone {
  readonly kind: 'done';
  /** JSON. */
  readonly value?: unknown;
  readonly body?: FsContent;
  /** Bytes of content that were written. */
  readonly written?: number;
}

export type FsResult = FsDone | FsRefusal;

export const DONE: FsDone = { kind: 'done' };
