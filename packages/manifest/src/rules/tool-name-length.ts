import { MAX_QUALIFIED_TOOL_NAME, qualifiedToolName } from '../ids.ts';
import { stringAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

export const toolNameLength: Rule = {
  id: 'tool-name-length',
  message: 'Cannot offer the tool: "<skill>__<tool>" is longer than the 64 characters model providers accept',
  fix: 'shorten the name of the skill or of the tool',
  check({ root, tools }, report) {
    const skill = stringAt(root, 'name');
    if (skill === undefined) return;
    for (const tool of tools) {
      if (qualifiedToolName(skill.value, tool.name).length > MAX_QUALIFIED_TOOL_NAME) report(tool.pointer);
    }
  },
};
