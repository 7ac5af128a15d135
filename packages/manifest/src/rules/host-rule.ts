import { type HostProblem, readHostPattern } from '../host-pattern.ts';
import { stringAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

/** Makes the rule for one way in which a `net` host can be wrong. */
export function hostRule(
  problem: HostProblem,
  words: { id: string; message: string; fix: string },
  fixFor?: (host: string) => string | undefined,
): Rule {
  return {
    ...words,
    check({ net }, report) {
      for (const entry of net) {
        const host = stringAt(entry, 'host');
        if (host === undefined || host.value === '') continue;
        const reading = readHostPattern(host.value);
        if (reading.ok || reading.problem !== problem) continue;
        const fix = fixFor?.(host.value);
        report(host.pointer, fix === undefined ? {} : { fix });
      }
    },
  };
}
