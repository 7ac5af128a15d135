import { stringsAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

/** Compared with decoded names: an encoded or separated one could never match what it shows. */
export const netQuery: Rule = {
  id: 'net-query',
  message: 'Cannot use the query parameter name: not made of plain URL characters',
  fix: 'write the decoded name, using A-Z, a-z, 0-9 and _ - . ~ [ ] : $',
  check({ net }, report) {
    for (const name of net.flatMap((entry) => stringsAt(entry, 'query'))) {
      if (name.value !== '' && !/^[A-Za-z0-9_.~[\]:$-]+$/.test(name.value)) report(name.pointer);
    }
  },
};
