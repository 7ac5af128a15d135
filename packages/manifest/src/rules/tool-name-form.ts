import { isToolName } from '../ids.ts';
import type { Rule } from './rule.ts';

export const toolNameForm: Rule = {
  id: 'tool-name-form',
  message: 'Cannot use the tool name: not 1 to 64 of A-Z, a-z, 0-9, "_" and "-"',
  fix: 'rename the tool, for example to "current"',
  check({ tools }, report) {
    for (const tool of tools) {
      if (!isToolName(tool.name)) report(tool.pointer);
    }
  },
};
