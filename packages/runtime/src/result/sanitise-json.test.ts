import { describe, expect, it } from 'vitest';
import { RemovalTally } from './removal-counts.ts';
import { sanitiseJson } from './sanitise-json.ts';

const clean = (json: string): unknown => sanitiseJson(JSON.parse(json), new RemovalTally());

describe('sanitiseJson', () => {
  it('OU-297 sanitises keys like values, keeps equal keys apart, defuses __proto__', () => {
    const tally = new RemovalTally();
    const json = '{"a\\u200b":1,"a":2,"a·2":3,"<system>":4,"__proto__":{"x":5},"\\u200b__proto__":6}';
    const object = sanitiseJson(JSON.parse(json), tally);
    expect(JSON.stringify(object)).toBe(
      '{"a":1,"a·2":2,"a·2·2":3,"<·system>":4,"_·_proto__":{"x":5},"_·_proto__·2":6}',
    );
    expect(Object.getPrototypeOf(object)).toBeNull();
    expect(tally.toCounts()).toEqual({ key: 5, marker: 1, zeroWidth: 2 });
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  it('OU-297 takes ten thousand colliding keys', () => {
    const invisible = (at: number): string => at.toString(2).replaceAll('0', '\\u200b').replaceAll('1', '\\u2060');
    const keys = Array.from({ length: 10_000 }, (_, at) => `"${invisible(at)}":0`);
    expect(Object.keys(Object(clean(`{${keys.join(',')}}`)))).toHaveLength(10_000);
  });

  it('OU-296 numbers have JSON semantics', () => {
    expect(clean('[1e400,-1e400,-0,18446744073709551616,0.1]')).toEqual([null, null, 0, 18446744073709552000, 0.1]);
  });

  it('freezes at every depth', () => {
    const value = clean('{"list":[{"deep":[]}]}');
    const walk = (part: unknown): void => {
      if (typeof part !== 'object' || part === null) return;
      expect(Object.isFrozen(part)).toBe(true);
      for (const item of Object.values(part)) walk(item);
    };
    walk(value);
  });
});
