import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { truncateText } from './truncate.ts';

const bytesOf = (text: string): number => Buffer.byteLength(text);
const linesOf = (text: string): number => text.split('\n').length;

describe('truncateText', () => {
  it('keeps a text that fits exactly, cuts one byte or one line more', () => {
    const limits = { maxBytes: 9, maxLines: 3 };
    expect(truncateText('123456789', limits)).toEqual({ kind: 'whole', text: '123456789' });
    expect(truncateText('1234567890', limits)).toMatchObject({ kind: 'cut', head: '123456', tail: '890' });
    expect(truncateText('1\n2\n3', limits).kind).toBe('whole');
    expect(truncateText('1\n2\n3\n4', limits)).toMatchObject({ kind: 'cut', head: '1\n2\n', tail: '4' });
  });

  it('names what is left out and the digest of the whole', () => {
    const text = 'x'.repeat(100);
    expect(truncateText(text, { maxBytes: 30, maxLines: 10 })).toMatchObject({
      truncation: {
        droppedBytes: 70,
        totalBytes: 100,
        totalLines: 1,
        sha256: createHash('sha256').update(text).digest('hex'),
      },
    });
  });

  it('never splits a code point, keeps within the limits, and head and tail are what they say', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '漢', '😀', '\n'), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.nat({ max: 40 }), fc.integer({ min: 0, max: 12 }), (value, maxBytes, maxLines) => {
        const cut = truncateText(value, { maxBytes, maxLines });
        if (cut.kind === 'whole') return;
        const { head, tail, truncation } = cut;
        expect(value.startsWith(head)).toBe(true);
        expect(value.endsWith(tail)).toBe(true);
        expect((head + tail).isWellFormed()).toBe(true);
        expect(bytesOf(head) + bytesOf(tail)).toBeLessThanOrEqual(maxBytes);
        expect(bytesOf(head) + truncation.droppedBytes + bytesOf(tail)).toBe(bytesOf(value));
        expect(linesOf(head) - 1 + (tail === '' ? 0 : linesOf(tail))).toBeLessThanOrEqual(maxLines);
      }),
      { numRuns: 1_000 },
    );
  });

  it('OU-294 cuts ten million lines and one long line', () => {
    const limits = { maxBytes: 1_000, maxLines: 100 };
    expect(truncateText('\n'.repeat(10_000_000), limits)).toMatchObject({
      kind: 'cut',
      truncation: { totalLines: 10_000_001 },
    });
    expect(truncateText('x'.repeat(10_000_000), limits)).toMatchObject({
      kind: 'cut',
      truncation: { droppedBytes: 9_999_000 },
    });
  });
});
