import { hostRule } from './host-rule.ts';
import type { Rule } from './rule.ts';

/** Broken punycode: what would be shown and what would be dialled are not the same. */
export const hostALabel: Rule = hostRule('bad-a-label', {
  id: 'host-a-label',
  message: 'Cannot use the host: the URL standard reads it as another host or as none',
  fix: 'write the A-label exactly as the URL parser gives it',
});
