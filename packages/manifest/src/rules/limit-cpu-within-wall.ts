import { LIMITS } from '../budget-spec.ts';
import { objectAt, valueAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

/** A processor budget above the wall-clock budget of one thread can never be spent: the author expects something else. */
export const limitCpuWithinWall: Rule = {
  id: 'limit-cpu-within-wall',
  message: 'Cannot use the limits: "cpuMs" is larger than "wallMs", so it can never be reached',
  fix: 'raise "wallMs" or lower "cpuMs"',
  check({ root }, report) {
    const limits = objectAt(root, 'limits');
    const cpu = limits === undefined ? undefined : valueAt(limits, 'cpuMs');
    const wall = limits === undefined ? undefined : valueAt(limits, 'wallMs');
    const wallMs = wall === undefined ? LIMITS.wallMs.default : wall.value;
    if (typeof cpu?.value === 'number' && typeof wallMs === 'number' && cpu.value > wallMs) report(cpu.pointer);
  },
};
