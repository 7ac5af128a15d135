import { LIMIT_NAMES, LIMITS } from '../budget-spec.ts';
import { objectAt, valueAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

export const limitBounds: Rule = {
  id: 'limit-bounds',
  message: 'Cannot use the limit: not a whole number between the floor and the ceiling of the table of limits',
  fix: 'ask for what a call really needs',
  check({ root }, report) {
    const limits = objectAt(root, 'limits');
    if (limits === undefined) return;
    for (const name of LIMIT_NAMES) {
      const found = valueAt(limits, name);
      if (typeof found?.value !== 'number') continue;
      const { floor, ceiling, unit } = LIMITS[name];
      if (Number.isSafeInteger(found.value) && found.value >= floor && found.value <= ceiling) continue;
      report(found.pointer, { fix: `write a whole number from ${floor} to ${ceiling} (${unit})` });
    }
  },
};
