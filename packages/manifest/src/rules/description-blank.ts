import { stringAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

export const descriptionBlank: Rule = {
  id: 'description-blank',
  message: 'Cannot use the description: nothing but white space',
  fix: 'say in a sentence what it does and when to use it',
  check({ root, tools, secrets }, report) {
    for (const entry of [root, ...tools, ...secrets]) {
      const text = stringAt(entry, 'description');
      if (text !== undefined && text.value !== '' && text.value.trim() === '') report(text.pointer);
    }
  },
};
