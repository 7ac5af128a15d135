import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FetchService } from '../fetch-service.ts';
import { GuestRunner } from '../guest-runner.ts';
import { type PartResult, settleResults } from '../results.ts';
import { FETCH_SECTION } from './fetch-function.ts';
import { KNOWN_FAILURES } from './known-failures.ts';
import { SECTIONS } from './sections.ts';

const RESULTS = fileURLToPath(new URL('results.json', import.meta.url));

describe('standards, tried in the real worker', () => {
  const results = new Map<string, PartResult>();
  const stack = new AsyncDisposableStack();
  let runner: GuestRunner;
  /** The one skill that has `fetch`. */
  let fetching: GuestRunner;
  beforeAll(async () => {
    const service = stack.use(await FetchService.start());
    runner = stack.use(await GuestRunner.open());
    fetching = stack.use(await GuestRunner.open(service.origin));
  });
  afterAll(() => stack.disposeAsync());

  it.each(SECTIONS)('$title', { timeout: 120_000 }, async (section) => {
    const { title, cases } = section;
    const known = KNOWN_FAILURES[title] ?? {};
    const names = Object.keys(cases);
    const failures = await (section === FETCH_SECTION ? fetching : runner).evaluate(Object.values(cases));
    const seen = Object.fromEntries(failures.map(({ index, message }) => [names[index] ?? '', message]));
    const unexpected = Object.entries(seen).filter(([name]) => !Object.hasOwn(known, name));
    const mended = Object.keys(known).filter((name) => !Object.hasOwn(seen, name));
    results.set(title, { passed: names.length - failures.length, failed: known });
    expect({ unexpected, mended }).toEqual({ unexpected: [], mended: [] });
  });

  it('have no known failure of something that is not tried', () => {
    expect(Object.keys(KNOWN_FAILURES).filter((title) => !SECTIONS.some((section) => section.title === title))).toEqual(
      [],
    );
  });

  it('give what is on record', () => {
    const found = Object.fromEntries(results);
    expect(settleResults(RESULTS, found)).toEqual(found);
  });
});
