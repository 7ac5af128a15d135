import { hostRule } from './host-rule.ts';
import type { Rule } from './rule.ts';

/** A star anywhere else would cover hosts of strangers. */
export const hostWildcard: Rule = hostRule('wildcard-form', {
  id: 'host-wildcard',
  message: 'Cannot use the host: a star may only stand for the whole first label',
  fix: 'write "*.example.com", which covers exactly one label, or list the hosts',
});
