import { readGlob } from '../glob.ts';
import { type RawManifest, stringAt, stringsAt } from '../raw-manifest.ts';
import { readUrlPathPattern } from '../url-path.ts';
import type { Rule } from './rule.ts';

const MOST_PATTERNS = 128;

/** Comparing two sets compares every pattern with every other: the square of this number bounds the host's work. */
export const patternCount: Rule = {
  id: 'pattern-count',
  message: `Cannot use the permissions: more than ${MOST_PATTERNS} globs and URL path patterns in all, choices of braces counted one by one`,
  fix: 'use fewer and wider patterns',
  check(manifest, report) {
    if (countPatterns(manifest) > MOST_PATTERNS) report('/permissions');
  },
};

function countPatterns({ fs, net, secrets }: RawManifest): number {
  const readings = [
    ...fs
      .flatMap((entry) => [...stringsAt(entry, 'match'), ...stringsAt(entry, 'except')])
      .map(({ value }) => readGlob(value)),
    ...net.flatMap((entry) => stringsAt(entry, 'paths')).map(({ value }) => readUrlPathPattern(value)),
    ...secrets.flatMap((entry) => stringAt(entry, 'path') ?? []).map(({ value }) => readUrlPathPattern(value)),
  ];
  return readings.reduce((sum, reading) => sum + (reading.ok ? reading.glob.choices.length : 1), 0);
}
