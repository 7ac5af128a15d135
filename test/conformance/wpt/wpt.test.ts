import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GuestRunner } from '../guest-runner.ts';
import { type PartResult, settleResults } from '../results.ts';
import { URL_PATTERN_SUITE } from './url-pattern-suite.ts';
import { URL_SUITES } from './url-suites.ts';
import { hasWptData, WPT_FOLDER } from './wpt-data.ts';
import type { WptSuite } from './wpt-suite.ts';

const SUITES: readonly WptSuite[] = [...URL_SUITES, URL_PATTERN_SUITE];
const RESULTS = fileURLToPath(new URL('results.json', import.meta.url));

const present = hasWptData(SUITES.flatMap(({ files }) => files));
const where = present ? 'in the real worker' : `skipped: no data in ${WPT_FOLDER}, CARAPACE_WPT_DIR says where it is`;
if (!present) process.stderr.write(`public data of web-platform-tests: ${where}\n`);

describe('public data of web-platform-tests', () => {
  describe.skipIf(!present)(where, () => {
    const results = new Map<string, PartResult>();
    let runner: GuestRunner;
    beforeAll(async () => {
      runner = await GuestRunner.open();
    });
    afterAll(() => runner[Symbol.asyncDispose]());

    it.each(SUITES)('$title', { timeout: 120_000 }, async ({ title, program, read }) => {
      const items = read();
      const failures = await runner.run(program, items);
      // By number: what is on record must hold nothing of the data.
      const failed = Object.fromEntries(failures.map(({ index }) => [`case ${index}`, 'fails']));
      results.set(title, { passed: items.length - failures.length, failed });
      expect(items.length).toBeGreaterThan(0);
      expect(failures.map(({ index, message }) => [items[index], message])).toEqual([]);
    });

    it('gives what is on record', () => {
      const found = Object.fromEntries(results);
      expect(settleResults(RESULTS, found)).toEqual(found);
    });
  });
});
