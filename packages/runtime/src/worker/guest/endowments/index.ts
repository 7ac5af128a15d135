import type { Endowment } from '../endowment.ts';
import { abort } from './abort.ts';
import { blob } from './blob.ts';
import { consoleEndowment } from './console.ts';
import { crypto } from './crypto.ts';
import { domException } from './dom-exception.ts';
import { events } from './events.ts';
import { headers } from './fetch/headers.ts';
import { request } from './fetch/request.ts';
import { response } from './fetch/response.ts';
import { file } from './file.ts';
import { formData } from './form-data/form-data.ts';
import { performance } from './performance.ts';
import { self } from './self.ts';
import { streams } from './streams/stream-globals.ts';
import { structuredCloneEndowment } from './structured-clone.ts';
import { textEncoding } from './text-encoding.ts';
import { timers } from './timers.ts';
import { url } from './url.ts';
import { urlPattern } from './url-pattern.ts';
import { urlSearchParams } from './url-search-params.ts';

/** What every guest has, whatever it was granted. */
export const ENDOWMENTS: readonly Endowment[] = [
  self,
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
  streams,
  blob,
  file,
  formData,
  headers,
  request,
  response,
];
