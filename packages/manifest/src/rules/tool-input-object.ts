import { objectAt, stringAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

/** Every model provider passes tool input as one object. */
export const toolInputObject: Rule = {
  id: 'tool-input-object',
  message: 'Cannot use the input schema: its type is not "object"',
  fix: 'set "type": "object" at the top of the schema and list the inputs under "properties"',
  check({ tools }, report) {
    for (const tool of tools) {
      const input = objectAt(tool, 'input');
      if (input !== undefined && stringAt(input, 'type')?.value !== 'object') report(input.pointer);
    }
  },
};
