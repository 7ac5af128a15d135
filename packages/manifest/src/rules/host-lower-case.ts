import { hostRule } from './host-rule.ts';
import type { Rule } from './rule.ts';

/** One spelling per host, so that equal hosts are equal strings. */
export const hostLowerCase: Rule = hostRule(
  'upper-case',
  {
    id: 'host-lower-case',
    message: 'Cannot use the host: it holds upper-case letters',
    fix: 'write it in lower case',
  },
  (host) => `write "${host.toLowerCase()}"`,
);
