import { objectAt, stringAt } from '../raw-manifest.ts';
import { PRINTABLE } from './plain-header.ts';
import type { Rule } from './rule.ts';

/** A colon ends the user name (RFC 7617, 2): one inside it would move the border between name and password. */
export const secretBasic: Rule = {
  id: 'secret-basic',
  message: 'Cannot place the secret: the user name is not printable ASCII without a colon',
  fix: 'write the user name alone, or "basic": true to let the skill choose it',
  check({ secrets }, report) {
    for (const secret of secrets) {
      const place = objectAt(secret, 'in');
      const basic = place === undefined ? undefined : objectAt(place, 'basic');
      const username = basic === undefined ? undefined : stringAt(basic, 'username');
      if (username !== undefined && (!PRINTABLE.test(username.value) || username.value.includes(':')))
        report(username.pointer);
    }
  },
};
