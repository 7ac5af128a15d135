import { describe, expect, it } from 'vitest';
import type { AuditEntry, AuditEvent } from './audit-event.ts';
import { createAuditTrail } from './audit-trail.ts';
import { createMemorySink } from './memory-sink.ts';
import { auditConstant } from './stamp-event.ts';

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
const end: AuditEntry = { kind: 'call-end', ...subject, tool: 'current', outcome: 'ok', usage, receipt: 'r-1' };
const read = (target: string): AuditEntry => ({
  kind: 'broker-decision',
  ...subject,
  op: 'fs.readFile',
  target,
  decision: 'allow',
  containment: 'kernel',
  bytes: 10,
});
const denied = (target: string, code = 'ERR_CARAPACE_PERMISSION_FS_SCOPE'): AuditEntry => ({
  kind: 'broker-decision',
  ...subject,
  op: 'fs.readFile',
  target,
  decision: 'deny',
  code,
  rule: 'mount-unknown',
});
const log = (text: string): AuditEntry => ({ kind: 'log', ...subject, level: 'info', text });

describe('createAuditTrail', () => {
  it('stamps version, gap-free sequence and time', () => {
    const sink = createMemorySink();
    let clock = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
    const trail = createAuditTrail({ sink, now: () => clock++ });
    trail.record(read('/docs/a'));
    trail.record(end);
    expect(sink.events().map(({ v, seq, time }) => ({ v, seq, time }))).toEqual([
      { v: 1, seq: 0, time: '2026-01-02T03:04:05.006Z' },
      { v: 1, seq: 1, time: '2026-01-02T03:04:05.007Z' },
    ]);
  });

  it('keeps every field of an entry, frozen, and independent of the caller', () => {
    const sink = createMemorySink();
    const trail = createAuditTrail({ sink, now: () => 0 });
    const layers = [{ name: 'seccomp', enforced: true }];
    const started: AuditEntry = {
      kind: 'runtime-start',
      level: 'full',
      layers,
      overrides: ['weak-jail'],
      versions: { node: '24.21.0' },
    };
    trail.record(started);
    const [event] = sink.events();
    expect(event).toEqual({ v: 1, seq: 0, time: '1970-01-01T00:00:00.000Z', ...started });
    layers.length = 0;
    expect(event).toHaveProperty('layers', [{ name: 'seccomp', enforced: true }]);
    expect(Object.isFrozen(event)).toBe(true);
    expect(Reflect.set(Object(event), 'seq', 9)).toBe(false);
  });

  it('AU-339 sanitises what a skill has named', () => {
    const sink = createMemorySink();
    createAuditTrail({ sink }).record(denied('/do\u202ecs/\u001b[2Ja\u0000\u{e0041}<|im_start|>'));
    expect(sink.events()[0]).toMatchObject({ target: '/docs/a<·|im_start|>', decision: 'deny' });
  });

  it('caps texts, lists and depth', () => {
    const sink = createMemorySink();
    const trail = createAuditTrail({ sink });
    trail.record(log('x'.repeat(5_000)));
    expect(sink.events()[0]).toHaveProperty('text', `${'x'.repeat(4_096)}… (904 more)`);
    const grants = Array.from({ length: 300 }, (_, at) => `g${at}`);
    trail.record({
      kind: 'skill-loaded',
      skill: 's',
      version: '1.0.0',
      digest: 'd',
      origin: 'local',
      grants,
      overrides: [],
    });
    expect(sink.events()[1]).toHaveProperty('grants.length', 256);
    const versions = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`v\u200b${at}`, '1']));
    trail.record({ kind: 'runtime-start', level: 'full', layers: [], overrides: [], versions });
    const kept = Object.keys(Object(Object(sink.events()[2]).versions));
    expect([kept.length, kept[0]]).toEqual([256, 'v0']);
    const deep = {
      kind: 'runtime-close' as const,
      calls: 0,
      a: { b: { c: { d: { e: { f: { g: 1 } } } } } },
    };
    trail.record(deep);
    expect(JSON.stringify(sink.events()[3])).toContain('"e":{"f":null}');
  });

  it('redacts before the cut and after the sanitiser', () => {
    const sink = createMemorySink();
    const trail = createAuditTrail({ sink, redact: (text) => text.replaceAll('s3cr3t', '[secret]') });
    trail.record(log('plain s3cr3t, hidden s3c\u200br3t'));
    trail.record(log(`${'x'.repeat(4_093)}s3cr3t`));
    expect(JSON.stringify(sink.events())).not.toMatch(/s3c|r3t/);
  });

  it('AU-341 counts what a flood leaves out exactly, and no flood hides a denial', () => {
    const sink = createMemorySink();
    const trail = createAuditTrail({ sink, maxPerSort: 3 });
    for (let at = 0; at < 1_000; at += 1) {
      trail.record(read(`/docs/${at}`));
      trail.record(log('again'));
    }
    trail.record(denied('/etc/passwd'));
    for (let at = 0; at < 10; at += 1) trail.record(denied('/x', 'ERR_CARAPACE_FS_NOT_FOUND'));
    trail.record(end);
    const counts = sink.events({ kind: 'suppressed' });
    expect(counts).toEqual([
      expect.objectContaining({ of: 'broker-decision', decision: 'allow', count: 997, call: 'toolu_01' }),
      expect.objectContaining({ of: 'log', count: 997 }),
      expect.objectContaining({ decision: 'deny', code: 'ERR_CARAPACE_FS_NOT_FOUND', count: 7 }),
    ]);
    expect(
      sink.events({ kind: 'broker-decision' }).filter((event) => JSON.stringify(event).includes('passwd')),
    ).toHaveLength(1);
    const sequence = sink.events().map((event) => event.seq);
    expect(sequence).toEqual(sequence.map((_, at) => at));
    expect(sink.events().at(-1)?.kind).toBe('call-end');
  });

  it('counts per call, and starts anew after the end of a call', () => {
    const sink = createMemorySink();
    const trail = createAuditTrail({ sink, maxPerSort: 1 });
    trail.record(log('a'));
    trail.record({ kind: 'log', ...subject, call: 'toolu_02', level: 'info', text: 'b' });
    trail.record(end);
    trail.record(log('c'));
    expect(sink.events({ kind: 'log' })).toHaveLength(3);
    expect(sink.events({ kind: 'suppressed' })).toHaveLength(0);
  });

  it('writes open counts when the runtime closes', () => {
    const sink = createMemorySink();
    const trail = createAuditTrail({ sink, maxPerSort: 1 });
    trail.record(log('a'));
    trail.record(log('b'));
    trail.record({ kind: 'runtime-close', calls: 1 });
    expect(sink.events().map((event) => event.kind)).toEqual(['log', 'suppressed', 'runtime-close']);
  });

  it('AU-342 fails closed: a failing sink makes this and every later record throw', () => {
    const written: AuditEvent[] = [];
    let full = false;
    const trail = createAuditTrail({
      maxPerSort: 1,
      sink: {
        record: (event) => {
          if (full) throw new Error('disk full');
          written.push(event);
        },
      },
    });
    trail.record(read('/docs/a'));
    full = true;
    const write = expect.objectContaining({ code: 'ERR_CARAPACE_AUDIT_WRITE', cause: expect.anything() });
    expect(() => trail.record(denied('/b'))).toThrow(write);
    full = false;
    const broken = expect.objectContaining({ code: 'ERR_CARAPACE_AUDIT_WRITE' });
    expect(() => trail.record(read('/docs/suppressed'))).toThrow(broken);
    expect(() => trail.record(end)).toThrow(broken);
    expect(written).toHaveLength(1);
  });

  it('takes an async sink for a failure, because its record may still be lost', () => {
    const record = (): unknown => Promise.resolve();
    const trail = createAuditTrail({ sink: { record } });
    expect(() => trail.record(end)).toThrow(/not synchronous/);
  });

  it('refuses a record from within a record', () => {
    const trail = createAuditTrail({ sink: { record: () => trail.record(end) } });
    expect(() => trail.record(end)).toThrow(expect.objectContaining({ code: 'ERR_CARAPACE_AUDIT_WRITE' }));
  });
});

describe('auditConstant', () => {
  const limits = auditConstant(Object.freeze({ wallMs: 1, note: 'secret' }));
  const protection = { level: 'jailed', isolation: 'call', layers: [], overrides: [] };
  const start = (given: object): AuditEntry => {
    const entry = { kind: 'call-start', ...subject, tool: 'current', inputDigest: 'd', protection } as const;
    return { ...entry, limits: Object.fromEntries(Object.entries(given)) };
  };
  const copiesOf = (redact?: (text: string) => string): readonly unknown[] => {
    const sink = createMemorySink();
    const trail = createAuditTrail({ sink, ...(redact === undefined ? {} : { redact }) });
    const entry = start(limits);
    for (const value of [limits, limits, { ...limits }]) trail.record(Object.assign({ ...entry }, { limits: value }));
    return sink.events({ kind: 'call-start' }).map((event) => ('limits' in event ? event.limits : undefined));
  };

  it('is copied once for all records, other values each time', () => {
    const [one, two, other] = copiesOf();
    expect(two).toBe(one);
    expect(other).not.toBe(one);
    expect(other).toEqual(one);
  });

  it('is copied anew under another redaction: a copy from before would tell what must be hidden now', () => {
    expect(copiesOf()[0]).toMatchObject({ note: 'secret' });
    expect(copiesOf((text) => text.replaceAll('secret', '[hidden]'))[0]).toMatchObject({ note: '[hidden]' });
  });
});
