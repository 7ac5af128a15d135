import { LIMITS, TOOL_LIMIT_NAMES, type ToolLimitName } from '../budget-spec.ts';
import { type Located, objectAt, type RawManifest, valueAt } from '../raw-manifest.ts';
import type { Report, Rule } from './rule.ts';

/** A tool uses part of what its skill may use; a larger number would never be reached and only mislead who reads it. */
export const toolLimitAboveSkill: Rule = {
  id: 'tool-limit-above-skill',
  message: "Cannot use the limit of the tool: it is above the skill's",
  fix: 'lower it, or raise the limit of the skill',
  check(manifest, report) {
    for (const tool of manifest.tools) {
      const limits = objectAt(tool, 'limits');
      if (limits === undefined) continue;
      for (const name of TOOL_LIMIT_NAMES)
        checkLimit(valueAt(limits, name), limitOfSkill(manifest, name), name, report);
    }
  },
};

function checkLimit(found: Located | undefined, most: number, name: ToolLimitName, report: Report): void {
  if (typeof found?.value !== 'number' || found.value <= most) return;
  report(found.pointer, { fix: `write at most ${most}, or raise "limits.${name}" of the skill` });
}

function limitOfSkill({ root }: RawManifest, name: ToolLimitName): number {
  const limits = objectAt(root, 'limits');
  const value = limits === undefined ? undefined : valueAt(limits, name)?.value;
  return typeof value === 'number' ? value : LIMITS[name].default;
}
