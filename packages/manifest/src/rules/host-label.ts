import { hostRule } from './host-rule.ts';
import type { Rule } from './rule.ts';

/** RFC 1123 labels. */
export const hostLabel: Rule = hostRule('bad-label', {
  id: 'host-label',
  message: 'Cannot use the host: not dot-separated labels of a-z, 0-9 and inner hyphens',
  fix: 'write the name as DNS knows it, at most 63 characters per label and 253 in all',
});
