import { type GlobProblem, readGlob } from '../glob.ts';
import { stringsAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

const FIXES: Readonly<Record<GlobProblem, string>> = {
  'too-long': 'shorten it to 256 characters',
  'bad-character': 'use only literal characters, "*", "**", "?" and "{a,b}"',
  'empty-component': 'write it relative to the mount: no leading, trailing or double slash',
  'dot-component': 'write it without "." and ".."',
  globstar: 'let "**" stand alone between slashes, at most four times',
  braces: 'use "{a,b}" without nesting and with at most 16 combinations in all',
};

export const fsGlob: Rule = {
  id: 'fs-glob',
  message: 'Cannot use the glob: not in the language of globs',
  fix: 'write it relative to the mount, such as "**/*.pdf"',
  check({ fs }, report) {
    for (const glob of fs.flatMap((entry) => [...stringsAt(entry, 'match'), ...stringsAt(entry, 'except')])) {
      if (glob.value === '') continue;
      const reading = readGlob(glob.value);
      if (!reading.ok) report(glob.pointer, { fix: FIXES[reading.problem] });
      else if (glob.value.endsWith('/')) report(glob.pointer, { fix: FIXES['empty-component'] });
    }
  },
};
