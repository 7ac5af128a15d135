import { stringAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

export const licenseForm: Rule = {
  id: 'license-form',
  message: 'Cannot use the licence: not an SPDX expression',
  fix: 'write an SPDX id or expression, such as "MIT" or "Apache-2.0 OR MIT"',
  check({ root }, report) {
    const license = stringAt(root, 'license');
    if (license !== undefined && !/^[A-Za-z0-9.+():-]+(?: [A-Za-z0-9.+():-]+)*$/.test(license.value))
      report(license.pointer);
  },
};
