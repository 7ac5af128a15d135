import type { GuestProgress } from '../../protocol/messages.ts';

/** Takes what a running call says before it ends. Already charged, not yet sanitised. Neither method throws. */
export interface UpdateSink {
  progress(progress: GuestProgress): void;
  /** The next piece of one text, cut anywhere. */
  partial(text: string): void;
}
