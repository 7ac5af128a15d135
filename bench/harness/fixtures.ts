import type { Report } from './report.ts';

const figures = { unit: 'ms', better: 'lower', n: 10, p50: 4.2, p99: 9, min: 3 } as const;

/** A report with a row of every sort. */
export const REPORT: Report = {
  machine: { cpu: 'Test CPU', cores: 2, memoryMiB: 1024, kernel: '6.1', os: 'Test OS', load: 0.5 },
  versions: {
    node: '24.0.0',
    v8: '13.6',
    carapace: '0.1.0',
    'isolated-vm': '7.0.1',
    koffi: '3.0.0',
    peers: { deno: '2.0.0' },
  },
  startedAt: '2026-01-01T00:00:00.000Z',
  tookSeconds: 12,
  quick: true,
  rows: [
    {
      ...figures,
      id: 'node-child',
      group: 'peers',
      title: 'a child',
      walls: { process: 'fresh per call', systemCalls: 'none', files: 'none', network: 'none', limits: 'none' },
    },
    { id: 'deno-child', group: 'peers', title: 'deno', unit: 'ms', n: 0, skipped: 'deno cannot be installed' },
    {
      ...figures,
      id: 'call-warm',
      group: 'carapace',
      title: 'a call',
      note: 'seen | so',
      ratios: [
        { to: 'node-child', ratio: 1, bar: 0.5 },
        { to: 'bare-pipe', bar: 4 },
        { to: 'bwrap-node', ratio: 0.25 },
      ],
      bar: { p50: 5 },
      verdict: 'missed',
      walls: { process: 'fresh per call', systemCalls: 'filtered', files: 'kernel', network: 'kernel', limits: 'kill' },
    },
    {
      ...figures,
      id: 'call-throughput',
      group: 'carapace',
      title: 'many',
      unit: 'calls/s',
      better: 'higher',
      bar: { p50: 4 },
      verdict: 'reached',
    },
    {
      id: 'spare-memory',
      group: 'carapace',
      title: 'memory',
      unit: 'MiB',
      n: 0,
      skipped: 'Error: no smaps',
      failed: true,
    },
    { ...figures, id: 'boot-spawn', group: 'breakdown', title: 'spawn' },
  ],
};
