import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditEvent } from './audit-event.ts';
import { toJsonLine } from './jsonl.ts';

const log = (text: string): AuditEvent => ({
  v: 1,
  seq: 0,
  time: '2026-01-01T00:00:00.000Z',
  kind: 'log',
  call: 'c',
  skill: 's',
  version: '1.0.0',
  digest: 'd',
  level: 'info',
  text,
});

describe('toJsonLine', () => {
  it('OU-290 keeps one record on one line, whatever it holds, and loses nothing', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\n', '\u2028', '\u0085', '\u000b', '\u202e', '\u{e0041}'),
    );
    fc.assert(
      fc.property(text, (value) => {
        const line = toJsonLine(log(value));
        expect(line).toMatch(/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u);
        expect(JSON.parse(line)).toEqual(log(value));
      }),
      { numRuns: 500 },
    );
  });

  it('leaves visible text readable', () => {
    expect(toJsonLine(log('Grüße 👋 سلام'))).toContain('Grüße 👋 سلام');
  });
});
