import { describe, expect, it } from 'vitest';
import type { AuditEvent } from './audit-event.ts';
import { createMemorySink } from './memory-sink.ts';

const event = (seq: number, call: string, kind: 'log' | 'worker-killed' = 'log'): AuditEvent => {
  const stamp = { v: 1, seq, time: '2026-01-01T00:00:00.000Z' } as const;
  const subject = { call, skill: 's', version: '1.0.0', digest: 'd' };
  return kind === 'log'
    ? { ...stamp, ...subject, kind, level: 'info', text: `line ${seq}` }
    : { ...stamp, ...subject, kind, reason: 'timeout', signal: 'SIGKILL', pid: 7 };
};

describe('createMemorySink', () => {
  it('finds by call, by kind, by both', () => {
    const sink = createMemorySink();
    sink.record(event(0, 'a'));
    sink.record(event(1, 'b'));
    sink.record(event(2, 'a', 'worker-killed'));
    sink.record({ v: 1, seq: 3, time: '', kind: 'runtime-close', calls: 2 });
    expect(sink.events().map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
    expect(sink.events({ call: 'a' }).map(({ seq }) => seq)).toEqual([0, 2]);
    expect(sink.events({ kind: 'log' }).map(({ seq }) => seq)).toEqual([0, 1]);
    expect(sink.events({ call: 'a', kind: 'log' }).map(({ seq }) => seq)).toEqual([0]);
  });

  it('AU-341 is bounded: the oldest give way, in order, and are counted', () => {
    const sink = createMemorySink(3);
    for (let seq = 0; seq < 8; seq += 1) {
      expect(sink.events().map((kept) => kept.seq)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].slice(Math.max(0, seq - 3), seq));
      sink.record(event(seq, 'a'));
    }
    expect(sink.displaced).toBe(5);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a capacity of %s', (capacity) => {
    expect(() => createMemorySink(capacity)).toThrow(RangeError);
  });
});
