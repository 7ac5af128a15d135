import { objectAt, stringAt } from '../raw-manifest.ts';
import { isPlainHeader, PRINTABLE } from './plain-header.ts';
import type { Rule } from './rule.ts';

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
      if (header !== undefined && !isPlainHeader(header.value)) report(header.pointer);
      const prefix = stringAt(place, 'prefix');
      if (prefix !== undefined && !PRINTABLE.test(prefix.value)) report(prefix.pointer);
      const query = stringAt(place, 'query');
      if (query !== undefined && !/^[A-Za-z0-9_.~-]+$/.test(query.value)) report(query.pointer);
    }
  },
};
