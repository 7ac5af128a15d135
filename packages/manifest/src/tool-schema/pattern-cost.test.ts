import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from './linear-pattern.ts';
import { estimateSteps } from './pattern-cost.ts';

describe('estimateSteps', () => {
  it.each([
    ['^[a-z]{2,4}$', 30],
    ['^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$', 150],
    ['^\\d{4}-\\d{2}-\\d{2}$', 60],
    ['^\\p{L}+(?: \\p{L}+)*$', 40],
  ])('stays close for the ordinary pattern %s', (source, most) => {
    expect(estimateSteps(source)).toBeLessThan(most);
  });

  it.each([
    '\\Qa',
    'a\\E',
    '\\\\\\Qa',
    '(?:abcdefghij){500}',
    '((((a{10}){10}){10}){10})',
    '(?:(?:a|b|c){40}){40}',
    '(a{999}){999}',
  ])('sees that %s is large', (source) => {
    expect(estimateSteps(source)).toBeGreaterThan(4_000);
  });

  it('is never below what compiling gives', () => {
    const part = fc.constantFrom(
      'a',
      'b',
      '.',
      '\\d',
      '\\p{L}',
      '[a-z]',
      '[]a]',
      '[^\\]]',
      '(',
      '(?:',
      ')',
      '|',
      '*',
      '+',
      '?',
      '{3}',
      '{2,5}',
      '{4,}',
      '{0,1}',
      '^',
      '$',
      '\\{',
      '{',
      'é',
      '😀',
      '(?i)',
      '\\x{41}',
      '\\Q',
      '\\\\',
      '[[:alpha:]]',
      '-',
      '*?',
      '\\b',
      '\\pN',
    );
    let compiled = 0;
    fc.assert(
      fc.property(fc.array(part, { maxLength: 10 }), (parts) => {
        const source = parts.join('');
        const steps = compilePattern(source)?.programSize();
        if (steps === undefined) return;
        compiled += 1;
        expect(estimateSteps(source), source).toBeGreaterThanOrEqual(steps);
      }),
      { numRuns: 5_000 },
    );
    expect(compiled).toBeGreaterThan(500);
  });

  it('takes linear time', () => {
    expect(estimateSteps('('.repeat(100_000))).toBeGreaterThan(0);
    expect(estimateSteps('['.repeat(100_000))).toBeGreaterThan(0);
    expect(estimateSteps('{'.repeat(100_000))).toBeGreaterThan(0);
  });
});
