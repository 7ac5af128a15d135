import { objectAt, stringAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
const PRINTABLE = /^[\x20-\x7e]*$/;
/** Headers that frame or route the message (RFC 9110, RFC 9112): a value there smuggles a second request. */
const FRAMING =
  /^(?:host|content-length|content-encoding|transfer-encoding|connection|keep-alive|te|trailer|upgrade|expect|via|proxy-.*|sec-.*|:.*)$/i;

export const secretHeader: Rule = {
  id: 'secret-header',
  message:
    'Cannot place the secret: the header is not a plain request header, or the prefix or parameter is not plain text',
  fix: 'use a header such as "authorization" or "x-api-key", and printable ASCII',
  check({ secrets }, report) {
    for (const secret of secrets) {
      const place = objectAt(secret, 'in');
      if (place === undefined) continue;
      const header = stringAt(place, 'header');
      if (header !== undefined && (!TOKEN.test(header.value) || FRAMING.test(header.value))) report(header.pointer);
      const prefix = stringAt(place, 'prefix');
      if (prefix !== undefined && !PRINTABLE.test(prefix.value)) report(prefix.pointer);
      const query = stringAt(place, 'query');
      if (query !== undefined && !/^[A-Za-z0-9_.~-]+$/.test(query.value)) report(query.pointer);
    }
  },
};
