import type { Endowment } from '../endowment.ts';
import { abort } from './abort.ts';
import { consoleEndowment } from './console.ts';
import { crypto } from './crypto.ts';
import { domException } from './dom-exception.ts';
import { events } from './events.ts';
import { performance } from './performance.ts';
import { structuredCloneEndowment } from './structured-clone.ts';
import { textEncoding } from './text-encoding.ts';
import { timers } from './timers.ts';
import { url } from './url.ts';
import { urlPattern } from './url-pattern.ts';
import { urlSearchParams } from './url-search-params.ts';

/** What every guest has, whatever it was granted. */
export const ENDOWMENTS: readonly Endowment[] = [
  consoleEndowment,
  timers,
  domException,
  events,
  abort,
  url,
  urlSearchParams,
  urlPattern,
  textEncoding,
  structuredCloneEndowment,
  performance,
  crypto,
];
