import { AbortController, type AbortSignal, abortedReason, abortWith, onAbort, signalOf } from '../abort.ts';

/** A signal of its own that aborts when the source does, and never without one. */
export function followSignal(source: AbortSignal | undefined): AbortSignal {
  const controller = new AbortController();
  if (source !== undefined) {
    const pass = (): void => abortWith(controller, abortedReason(source)?.reason);
    if (abortedReason(source) === undefined) onAbort(source, pass);
    else pass();
  }
  return signalOf(controller);
}
