import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pageBytesOf } from './page-size.ts';

function vectorOf(...words: readonly bigint[]): Buffer {
  const vector = Buffer.alloc(words.length * 8);
  for (const [index, word] of words.entries()) vector.writeBigUInt64LE(word, index * 8);
  return vector;
}

describe('pageBytesOf', () => {
  it('is what the system says', () => {
    const said = Number(execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' }));
    expect(pageBytesOf(readFileSync('/proc/self/auxv'))).toBe(said);
  });

  it('finds the entry wherever it stands', () => {
    expect(pageBytesOf(vectorOf(33n, 6n, 6n, 16384n, 0n, 0n))).toBe(16384);
  });

  it.each([vectorOf(), vectorOf(33n, 6n, 0n, 0n), vectorOf(6n)])('throws when it is not there', (vector) => {
    expect(() => pageBytesOf(vector)).toThrow(RangeError);
  });
});
