import { canonicalJson } from '../canonical-json.ts';
import type { Rule } from './rule.ts';

export const permissionDuplicate: Rule = {
  id: 'permission-duplicate',
  message: 'Cannot use the permission: the same entry stands in the list twice',
  fix: 'remove the repetition',
  check({ fs, net, secrets }, report) {
    for (const list of [fs, net, secrets]) {
      const seen = new Set<string>();
      for (const entry of list) {
        const text = canonicalJson(entry.value);
        if (seen.has(text)) report(entry.pointer);
        seen.add(text);
      }
    }
  },
};
