import { describe, expect, it } from 'vitest';
import { REPORT } from '../../bench/harness/fixtures.ts';
import { performancePage, performancePageFrom } from './performance-page.ts';

const page = performancePage(REPORT);

describe('performancePage', () => {
  it('shows every row with what it measures', () => {
    for (const { id, title } of REPORT.rows) expect(page).toContain(`| \`${id}\` | ${title}`);
  });
  it('shows bars, ratios and walls', () => {
    expect(page).toContain('| `call-warm` | 10 | 4.2 | 9 | 3 | ms | p50 ≤ 5 | MISSED |');
    expect(page).toContain('| `call-warm` | node-child | 1 | ≤ 0.5 | MISSED |');
    expect(page).toContain('| `node-child` | 4.2 | 9 | fresh per call | none | none | none | none |  |');
  });
  it('escapes what would add a column', () => expect(page).toContain('(seen \\| so)'));
  it('says what makes the figures worth less', () => {
    expect(page).toContain('**This was a quick run with few samples.**');
    expect(page).toContain('**Measurements that failed: spare-memory.**');
    expect(page).not.toContain('busy');
    const busy = { ...REPORT, quick: false, machine: { ...REPORT.machine, load: 1.5 } };
    expect(performancePage(busy)).toContain('**The machine was busy');
    expect(performancePage(busy)).not.toContain('quick run with');
  });
  it('is the same for the same report', () => expect(performancePage(REPORT)).toBe(page));
  it('does not exist without a run', () => expect(performancePageFrom('/no/such/results.json')).toBeUndefined());
});
