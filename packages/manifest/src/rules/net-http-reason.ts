import { stringAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

/** Over plain http anyone on the way reads and changes the data; the person who decides must be told why. */
export const netHttpReason: Rule = {
  id: 'net-http-reason',
  message: 'Cannot use scheme "http" without a reason',
  fix: 'use "https", or say in "reason" why the service has none',
  check({ net }, report) {
    for (const entry of net) {
      const scheme = stringAt(entry, 'scheme');
      if (scheme?.value === 'http' && (stringAt(entry, 'reason')?.value.trim() ?? '') === '') report(scheme.pointer);
    }
  },
};
