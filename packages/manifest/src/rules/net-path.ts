import { stringAt, stringsAt } from '../raw-manifest.ts';
import { readUrlPathPattern, type UrlPathProblem } from '../url-path.ts';
import type { Rule } from './rule.ts';

const FIXES: Readonly<Record<UrlPathProblem, string>> = {
  'no-leading-slash': 'start it with "/"',
  encoded: 'remove percent-encoded separators, dots and percent signs: servers disagree on what they mean',
  'not-path': 'leave out fragment and white space',
  'too-long': 'shorten it to 256 characters',
  'bad-character': 'use only literal characters, "*", "**", "?" and "{a,b}"',
  'empty-component': 'remove the double slash',
  'dot-component': 'write the path without "." and ".."',
  globstar: 'let "**" stand alone between slashes, at most four times',
  braces: 'use "{a,b}" without nesting and with at most 16 combinations in all',
};

export const netPath: Rule = {
  id: 'net-path',
  message: 'Cannot use the URL path pattern: not in the language of path patterns',
  fix: 'write it like "/v1/**" or "/v1/items/*"',
  check({ net, secrets }, report) {
    const patterns = [
      ...net.flatMap((entry) => stringsAt(entry, 'paths')),
      ...secrets.flatMap((entry) => stringAt(entry, 'path') ?? []),
    ];
    for (const pattern of patterns) {
      if (pattern.value === '') continue;
      const reading = readUrlPathPattern(pattern.value);
      if (!reading.ok) report(pattern.pointer, { fix: FIXES[reading.problem] });
    }
  },
};
