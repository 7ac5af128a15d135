import type { Rule } from './rule.ts';

/** Two names that differ by case only are one name to a person who approves a call, and to some providers. */
export const toolNameUnique: Rule = {
  id: 'tool-name-unique',
  message: 'Cannot use the tool name: another tool has the same name in other upper or lower case',
  fix: 'give the tools names that differ in more than case',
  check({ tools }, report) {
    const seen = new Set<string>();
    for (const tool of tools) {
      const folded = tool.name.toLowerCase();
      if (seen.has(folded)) report(tool.pointer);
      seen.add(folded);
    }
  },
};
