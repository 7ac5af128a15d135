import { LIMIT_NAMES, LIMITS, type LimitName, TOOL_LIMIT_NAMES } from '../budget-spec.ts';
import type { JsonObject } from '../json.ts';
import { type Located, objectAt, valueAt } from '../raw-manifest.ts';
import type { Report, Rule } from './rule.ts';

export const limitBounds: Rule = {
  id: 'limit-bounds',
  message: 'Cannot use the limit: not a whole number between the floor and the ceiling of the table of limits',
  fix: 'ask for what a call really needs',
  check({ root, tools }, report) {
    checkLimits(objectAt(root, 'limits'), LIMIT_NAMES, report);
    for (const tool of tools) checkLimits(objectAt(tool, 'limits'), TOOL_LIMIT_NAMES, report);
  },
};

function checkLimits(limits: Located<JsonObject> | undefined, names: readonly LimitName[], report: Report): void {
  if (limits === undefined) return;
  for (const name of names) {
    const found = valueAt(limits, name);
    if (typeof found?.value !== 'number') continue;
    const { floor, ceiling, unit } = LIMITS[name];
    if (Number.isSafeInteger(found.value) && found.value >= floor && found.value <= ceiling) continue;
    report(found.pointer, { fix: `write a whole number from ${floor} to ${ceiling} (${unit})` });
  }
}
