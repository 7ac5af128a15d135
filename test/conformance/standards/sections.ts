import { DOM_SECTIONS } from './dom.ts';
import { ENCODING_SECTIONS } from './encoding.ts';
import { BODY_SECTION } from './fetch-body.ts';
import { FETCH_SECTION } from './fetch-function.ts';
import { HEADERS_SECTION } from './fetch-headers.ts';
import { MESSAGE_SECTIONS } from './fetch-messages.ts';
import { FILE_SECTIONS } from './file.ts';
import { HTML_SECTIONS } from './html.ts';
import { MACHINE_SECTIONS } from './machine.ts';
import type { StandardSection } from './section.ts';
import { READABLE_SECTIONS } from './streams-readable.ts';
import { WRITABLE_SECTIONS } from './streams-writable.ts';
import { URL_SECTIONS } from './url.ts';

/** Everything that is tried, in the order of the page. */
export const SECTIONS: readonly StandardSection[] = [
  HEADERS_SECTION,
  BODY_SECTION,
  ...MESSAGE_SECTIONS,
  FETCH_SECTION,
  ...READABLE_SECTIONS,
  ...WRITABLE_SECTIONS,
  ...FILE_SECTIONS,
  ...URL_SECTIONS,
  ...DOM_SECTIONS,
  ...ENCODING_SECTIONS,
  ...HTML_SECTIONS,
  ...MACHINE_SECTIONS,
];
