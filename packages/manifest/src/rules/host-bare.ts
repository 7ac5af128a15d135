import { hostRule } from './host-rule.ts';
import type { Rule } from './rule.ts';

/** A scheme, port, path or user name inside the host would be compared with something else than what is dialled. */
export const hostBare: Rule = hostRule('not-bare', {
  id: 'host-bare',
  message: 'Cannot use the host: it holds more than a host name',
  fix: 'write the bare name; scheme, ports and paths have fields of their own',
});
