import { describe, expect, it } from 'vitest';
import { renderTable } from './table.ts';

const base = { unit: 'ms', better: 'lower', n: 10, p50: 4.2, p99: 9, min: 3 } as const;

const text = renderTable({
  machine: { cpu: 'Test CPU', cores: 2, memoryMiB: 1024, kernel: '6.1', os: 'Test OS', load: 0.5 },
  versions: { node: '24.0.0', v8: '13.6', carapace: '0.1.0', 'isolated-vm': '7.0.1', koffi: '3.0.0' },
  startedAt: '2026-01-01T00:00:00.000Z',
  quick: true,
  rows: [
    { ...base, id: 'node-child', title: 'a child' },
    {
      ...base,
      id: 'call-warm',
      title: 'a call',
      ratioTo: 'node-child',
      ratio: 1,
      bar: { p50: 5, ratio: 0.5 },
      pass: false,
    },
    { ...base, id: 'call-throughput', title: 'many', unit: 'calls/s', better: 'higher', bar: { p50: 4 }, pass: true },
    { id: 'spare-memory', title: 'memory', unit: 'MiB', n: 0, skipped: 'no smaps' },
  ],
});
const lineOf = (id: string): string => text.split('\n').find((line) => line.startsWith(`${id} `)) ?? '';

describe('renderTable', () => {
  it('shows a bar that was missed, with its figures', () => {
    expect(lineOf('call-warm')).toMatch(/4\.2 +9 +3 +ms +1 × node-child +p50 ≤ 5, ratio ≤ 0\.5 +MISSED$/);
  });
  it('turns the sign where higher is better', () => expect(lineOf('call-throughput')).toMatch(/p50 ≥ 4 +reached$/));
  it('says why a row is missing', () => expect(lineOf('spare-memory')).toMatch(/skipped: no smaps$/));
  it('says that few samples were taken', () => expect(text).toContain('quick run'));
  it('leaves no space at the end of a line', () => expect(text).not.toMatch(/ $/m));
});
