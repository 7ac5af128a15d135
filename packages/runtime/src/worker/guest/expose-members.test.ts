import { describe, expect, it } from 'vitest';
import { evaluate } from '../fixtures/run-skill.ts';

describe('members of a class of the platform', () => {
  it('are enumerable, but for the constructor and what every class has', () => {
    expect(
      evaluate(`const keysOf = (value) => { const keys = []; for (const key in value) keys.push(key); return keys.sort(); };
      return [keysOf(URL), keysOf(URLPattern.prototype), Object.keys(new URL('https://a.b'))];`),
    ).toEqual([
      ['canParse', 'parse'],
      'exec hasRegExpGroups hash hostname password pathname port protocol search test username'.split(' '),
      [],
    ]);
  });
});
