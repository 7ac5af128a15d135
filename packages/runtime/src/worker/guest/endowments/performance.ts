import type { Endowment } from '../endowment.ts';
import { DateNow } from '../primordials.ts';

const timeOrigin = DateNow();
let latest = 0;

/** Whole milliseconds since the isolate was made, never backwards; a finer clock would serve timing attacks (IS-044). */
function now(): number {
  const elapsed = DateNow() - timeOrigin;
  if (elapsed > latest) latest = elapsed;
  return latest;
}

export const performance: Endowment = {
  names: ['performance'],
  install: () => ({ performance: { now, timeOrigin } }),
};
