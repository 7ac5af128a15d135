import { hostRule } from './host-rule.ts';
import type { Rule } from './rule.ts';

/** `*.com` or `*.github.io` covers everybody who registers a name there. */
export const hostPublicSuffix: Rule = hostRule('public-suffix', {
  id: 'host-public-suffix',
  message: 'Cannot use the host: it covers more than one registrable domain',
  fix: 'name a registered domain, such as "*.example.com" or "api.example.com"',
});
