import { describe, expect, it } from 'vitest';
import { REPORT } from './fixtures.ts';
import { renderReport } from './table.ts';

const text = renderReport(REPORT);
const linesOf = (id: string): readonly string[] => text.split('\n').filter((line) => line.startsWith(`${id} `));

describe('renderReport', () => {
  it('shows a bar that was missed, with its figures', () =>
    expect(linesOf('call-warm')[0]).toMatch(/4\.2 +9 +3 +ms +p50 ≤ 5 +MISSED$/));
  it('turns the sign where higher is better', () => expect(linesOf('call-throughput')[0]).toMatch(/p50 ≥ 4 +reached$/));
  it('shows each ratio with its own bar', () => {
    expect(text).toMatch(/^call-warm +node-child +1 +≤ 0\.5 +MISSED$/m);
    expect(text).toMatch(/^call-warm +bare-pipe +≤ 4 +not measured$/m);
    expect(text).toMatch(/^call-warm +bwrap-node +0\.25$/m);
  });
  it('shows the walls of a peer beside those of a call', () => {
    expect(text).toMatch(/^call-warm +4\.2 +9 +fresh per call +filtered +kernel +kernel +kill$/m);
    expect(text).toMatch(/^node-child +4\.2 +9 +fresh per call +none +none +none +none$/m);
  });
  it('says why a row is missing, and when it should not be', () => {
    expect(linesOf('deno-child')[0]).toMatch(/not measured: deno cannot be installed$/);
    expect(linesOf('spare-memory')[0]).toMatch(/FAILED: Error: no smaps$/);
  });
  it('says that few samples were taken', () => expect(text).toContain('quick run'));
  it('names the versions of peers', () => expect(text).toContain('deno 2.0.0'));
  it('leaves no space at the end of a line', () => expect(text).not.toMatch(/ $/m));
});
