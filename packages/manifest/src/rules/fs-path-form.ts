import { readScopePath, type ScopePathProblem } from '../path-scope.ts';
import { stringAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

const FIXES: Readonly<Record<ScopePathProblem, string>> = {
  empty: 'name a directory',
  'bad-character': 'remove control characters and backslashes',
  'dot-dot': 'write the path without ".."',
  dot: 'write the path without "." in the middle',
  'double-slash': 'write single slashes',
  'other-home': 'only your own home can be named: write "~/…"',
  drive: 'write a path without a drive letter',
  'too-long': 'shorten the path',
};

/** `..` climbs out of what the operator reads, NUL cuts the path short, a backslash separates on some systems. */
export const fsPathForm: Rule = {
  id: 'fs-path-form',
  message: 'Cannot use the directory: not a plain path',
  fix: 'write "~/documents", an absolute path, or one relative to the project',
  check({ fs }, report) {
    for (const entry of fs) {
      const path = stringAt(entry, 'path');
      if (path === undefined || path.value === '') continue;
      const reading = readScopePath(path.value);
      if (!reading.ok) report(path.pointer, { fix: FIXES[reading.problem] });
    }
  },
};
