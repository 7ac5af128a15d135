import { objectAt, valueAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

export const secretPlace: Rule = {
  id: 'secret-place',
  message: 'Cannot place the secret: name either a header or a query parameter, and a prefix only with a header',
  fix: 'write { "header": "authorization", "prefix": "Bearer " } or { "query": "key" }',
  check({ secrets }, report) {
    for (const secret of secrets) {
      const place = objectAt(secret, 'in');
      if (place === undefined) continue;
      const header = valueAt(place, 'header') !== undefined;
      const query = valueAt(place, 'query') !== undefined;
      if (header === query || (query && valueAt(place, 'prefix') !== undefined)) report(place.pointer);
    }
  },
};
