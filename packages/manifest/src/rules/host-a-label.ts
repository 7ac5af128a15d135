import { hostRule } from './host-rule.ts';
import type { Rule } from './rule.ts';

/** Broken or needless punycode: what a person is shown would not be what is looked up. */
export const hostALabel: Rule = hostRule('bad-a-label', {
  id: 'host-a-label',
  message: 'Cannot use the host: a label that begins with "xn--" does not decode to a normalised international name',
  fix: 'write the label as IDNA encodes the name, or leave out "xn--"',
});
