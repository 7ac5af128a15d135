import type { Endowment } from '../endowment.ts';
import { abort } from './abort.ts';
import { consoleEndowment } from './console.ts';
import { domException } from './dom-exception.ts';
import { events } from './events.ts';
import { timers } from './timers.ts';

/** What every guest has, whatever it was granted. */
export const ENDOWMENTS: readonly Endowment[] = [consoleEndowment, timers, domException, events, abort];
