import { objectAt, valueAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

export const toolAnnotationsContradict: Rule = {
  id: 'tool-annotations-contradict',
  message: 'Cannot use the annotations: a tool that changes nothing cannot destroy anything',
  fix: 'set "readOnly" to false, or leave out "destructive"',
  check({ tools }, report) {
    for (const tool of tools) {
      const annotations = objectAt(tool, 'annotations');
      if (annotations === undefined || valueAt(annotations, 'readOnly')?.value !== true) continue;
      const destructive = valueAt(annotations, 'destructive');
      if (destructive?.value === true) report(destructive.pointer);
    }
  },
};
