import { objectAt, valueAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

export const secretPlace: Rule = {
  id: 'secret-place',
  message:
    'Cannot place the secret: name one of header, query, basic and signer, a prefix only with a header, options only with a signer',
  fix: 'write { "header": "authorization", "prefix": "Bearer " }, { "query": "key" }, { "basic": true } or { "signer": "aws-sigv4", "options": { … } }',
  check({ secrets }, report) {
    for (const secret of secrets) {
      const place = objectAt(secret, 'in');
      if (place === undefined) continue;
      const has = (field: string): boolean => valueAt(place, field) !== undefined;
      const places = ['header', 'query', 'basic', 'signer'].filter(has);
      const stray = (has('prefix') && !has('header')) || (has('options') && !has('signer'));
      if (places.length !== 1 || stray) report(place.pointer);
    }
  },
};
