import type { HeaderPair } from '../../../../protocol/messages.ts';
import type { Upload } from '../wire/upload.ts';

export type HopBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'inline'; readonly bytes: Uint8Array }
  | { readonly kind: 'stream'; readonly upload: Upload };

/** One request of a chain of redirects, as the skill would have it: with placeholders, without what the host adds. */
export interface Hop {
  readonly url: URL;
  readonly verb: string;
  /** Names in lower case, checked. */
  readonly headers: readonly HeaderPair[];
  readonly body: HopBody;
  /** 0 for the request itself. */
  readonly index: number;
  /** True from the first redirect to another origin on, also when the chain comes back. */
  readonly crossOrigin: boolean;
}
