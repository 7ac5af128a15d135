import { objectAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

export const toolsEmpty: Rule = {
  id: 'tools-empty',
  message: 'Cannot use the skill: it offers no tool',
  fix: 'declare at least one tool',
  check({ root }, report) {
    const tools = objectAt(root, 'tools');
    if (tools !== undefined && Object.keys(tools.value).length === 0) report(tools.pointer);
  },
};
