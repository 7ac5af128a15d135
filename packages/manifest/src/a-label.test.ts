import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeALabel } from './a-label.ts';

describe('decodeALabel', () => {
  it.each([
    ['xn--mnchen-3ya', 'münchen'],
    ['xn--e1afmkfd', 'пример'],
    ['xn--fsqu00a', '例子'],
    ['xn--bcher-kva', 'bücher'],
    ['xn--80ak6aa92e', 'аррӏе'],
    ['xn--strae-oqa', 'straße'],
  ])('reads %s as %s', (label, letters) => {
    expect(decodeALabel(label)).toBe(letters);
  });

  it.each([
    'xn--',
    'xn--a',
    'xn---',
    'xn--example-',
    'xn--abc-',
    'xn--mnchen-3yaa9',
    'xn--99999999999999999999',
    'xn--99999999',
    'xn--ib9b',
    'xn--zy0c',
    'xn--en32g',
    'xn--zug',
    'xn--6a',
    'xn--72g',
    'xn--3ba',
    'xn--a_b',
    'xn--Bcher-KVA',
    'xn--zzzzzzzz9',
    'example',
    'xn--0',
  ])('refuses %s', (label) => {
    expect(decodeALabel(label)).toBeUndefined();
  });

  it('is the inverse of what the URL parser encodes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{0,5}[à-öø-ÿа-яα-ω一-龥]{1,6}[a-z]{0,5}$/u), (letters) => {
        const text = letters.normalize('NFC');
        if (!URL.canParse(`https://${text}.example/`)) return;
        const [label = ''] = new URL(`https://${text}.example/`).hostname.split('.');
        expect(decodeALabel(label)).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });
});
