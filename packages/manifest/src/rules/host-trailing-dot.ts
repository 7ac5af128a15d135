import { hostRule } from './host-rule.ts';
import type { Rule } from './rule.ts';

/** `example.com.` is the same host as `example.com` to DNS and another one to a string comparison. */
export const hostTrailingDot: Rule = hostRule('trailing-dot', {
  id: 'host-trailing-dot',
  message: 'Cannot use the host: it ends with a dot',
  fix: 'remove the dot at the end',
});
