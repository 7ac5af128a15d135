import { describe, expect, it } from 'vitest';
import type { AuditEvent } from './audit-event.ts';
import { explainEvent } from './explain-event.ts';

const stamp = { v: 1, seq: 4, time: '2026-01-01T00:00:00.000Z' } as const;
const subject = { skill: 'weather', version: '1.2.0', digest: 'sha256-ab', call: 'toolu_01' };
const usage = {
  wallMs: 5,
  cpuMs: 3,
  peakMemoryMiB: 9,
  brokerCalls: 2,
  files: 0,
  fsReadBytes: 7,
  fsWriteBytes: 0,
  fetches: 0,
  bytesIn: 0,
  bytesOut: 0,
  outputBytes: 8,
  logBytes: 9,
};
const protection = { level: 'reduced', isolation: 'call', layers: ['seccomp'], overrides: ['no-landlock'] };

const cases: readonly (readonly [AuditEvent, string])[] = [
  [
    {
      ...stamp,
      kind: 'runtime-start',
      level: 'reduced',
      layers: [
        { name: 'seccomp', enforced: true },
        { name: 'landlock', enforced: false, detail: 'kernel too old' },
      ],
      overrides: ['no-landlock'],
      versions: {},
    },
    'runtime started, protection reduced; enforced: seccomp; missing: landlock (kernel too old); OVERRIDDEN: no-landlock',
  ],
  [
    {
      ...stamp,
      kind: 'self-test',
      passed: false,
      checks: [
        { name: 'socket', blocked: false },
        { name: 'fork', blocked: true },
      ],
    },
    'self-test FAILED, 2 checks; not blocked: socket',
  ],
  [
    { ...stamp, ...subject, kind: 'skill-loaded', origin: 'unsigned-local', grants: ['read /docs'], overrides: [] },
    '[toolu_01] loaded weather@1.2.0 (unsigned-local), may: read /docs',
  ],
  [
    { ...stamp, ...subject, kind: 'call-start', tool: 'current', inputDigest: 'd', limits: {}, protection },
    '[toolu_01] call of weather@1.2.0 current, protection reduced; OVERRIDDEN: no-landlock',
  ],
  [
    {
      ...stamp,
      ...subject,
      kind: 'broker-decision',
      op: 'fs.readFile',
      target: '/etc\n#5 x "y"',
      decision: 'deny',
      code: 'E',
      rule: 'r',
    },
    '[toolu_01] DENIED fs.readFile "/etc #5 x \\"y\\"" (E, rule r)',
  ],
  [
    {
      ...stamp,
      ...subject,
      kind: 'broker-decision',
      op: 'fs.stat',
      target: '/docs',
      decision: 'allow',
      containment: 'kernel',
      bytes: 5,
    },
    '[toolu_01] allowed fs.stat "/docs" (kernel, 5 bytes)',
  ],
  [{ ...stamp, ...subject, kind: 'log', level: 'warn', text: 'a\u001b[31mb\nc' }, '[toolu_01] skill log, warn: "ab c"'],
  [
    { ...stamp, ...subject, kind: 'budget-spent', code: 'ERR_CARAPACE_BUDGET_WALL', limit: 10, used: 11 },
    '[toolu_01] budget spent: ERR_CARAPACE_BUDGET_WALL, 11 of 10',
  ],
  [
    { ...stamp, kind: 'worker-killed', reason: 'timeout', signal: 'SIGKILL', pid: 7 },
    'worker 7 killed with SIGKILL: timeout',
  ],
  [{ ...stamp, kind: 'protocol-violation', violation: 'bad frame', pid: 7 }, 'worker 7 broke the protocol: bad frame'],
  [
    { ...stamp, ...subject, kind: 'call-end', tool: 'current', outcome: 'ok', usage, receipt: 'r-1' },
    '[toolu_01] current ended: ok, 5 ms, 3 ms cpu, 2 host calls, receipt r-1',
  ],
  [
    { ...stamp, ...subject, kind: 'call-end', tool: 'current', outcome: 'rejected', code: 'E', usage, receipt: 'r-1' },
    '[toolu_01] current ended: rejected with E, 5 ms, 3 ms cpu, 2 host calls, receipt r-1',
  ],
  [
    { ...stamp, ...subject, kind: 'suppressed', of: 'broker-decision', decision: 'deny', code: 'E', count: 12 },
    '[toolu_01] 12 more records of the sort "deny broker-decision E" are left out',
  ],
  [{ ...stamp, kind: 'runtime-close', calls: 3 }, 'runtime closed after 3 calls'],
];

describe('explainEvent', () => {
  it.each(cases)('explains $kind', (event, line) => {
    expect(explainEvent(event)).toBe(`#4 2026-01-01T00:00:00.000Z ${line}`);
  });
});
