import { objectAt, valueAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

export const toolApprovalDestructive: Rule = {
  id: 'tool-approval-destructive',
  message: 'Cannot use approval "never": the tool says it is destructive',
  fix: 'set "approval" to "once" or "always"',
  check({ tools }, report) {
    for (const tool of tools) {
      const annotations = objectAt(tool, 'annotations');
      const approval = valueAt(tool, 'approval');
      const destructive = annotations !== undefined && valueAt(annotations, 'destructive')?.value === true;
      if (destructive && approval?.value === 'never') report(approval.pointer);
    }
  },
};
