import { describe, expect, it } from 'vitest';
import { readJsonText } from './json-text.ts';

const BOUNDS = { characters: 10_000, depth: 5 };

function issuesOf(text: string): readonly string[] {
  const reading = readJsonText(text, BOUNDS);
  return reading.ok
    ? []
    : reading.issues.map(({ rule, pointer, line, column }) => `${rule} ${pointer} ${line}:${column}`);
}

describe('readJsonText', () => {
  it.each([
    ['a byte order mark', '\ufeff{}', ['json-syntax  1:1']],
    ['a comment', '{\n  // no\n}', ['json-syntax  2:3']],
    ['a trailing comma', '{"a":1,}', ['json-syntax  1:8']],
    ['a single quote', "{'a':1}", ['json-syntax  1:2']],
    ['a key twice', '{"a":1,\n "a":2}', ['duplicate-key /a 2:2']],
    ['an escaped key twice', '{"a":1,"\\u0061":2}', ['duplicate-key /a 1:8']],
    ['a key twice deep inside', '{"x":[{"b":1,"b":2}]}', ['duplicate-key /x/0/b 1:14']],
    ['a key with slash twice', '{"a/b~":1,"a/b~":2}', ['duplicate-key /a~1b~0 1:11']],
  ])('refuses %s', (_name, text, expected) => {
    expect(issuesOf(text).slice(0, 1)).toEqual(expected);
  });

  it.each(['NaN', '01', '"\t"', '{} {}', 'undefined', ''])('refuses %j', (text) => {
    expect(issuesOf(text).length).toBeGreaterThan(0);
  });

  it('names a byte order mark, which nobody sees', () => {
    const reading = readJsonText('\ufeff{}', BOUNDS);
    expect(!reading.ok && reading.issues[0]?.message).toContain('byte order mark');
  });

  it('takes the same key in different objects', () => {
    expect(issuesOf('{"a":{"a":1},"b":[{"a":1},{"a":2}]}')).toEqual([]);
  });

  it('counts depth outside strings only', () => {
    expect(issuesOf('"[[[[[[[[[["')).toEqual([]);
    expect(issuesOf('"\\"[[[[[[[[[["')).toEqual([]);
    expect(issuesOf('[[[[[1]]]]]')).toEqual([]);
    expect(issuesOf('[[[[[[1]]]]]]')).toEqual(['too-large  undefined:undefined']);
  });

  it('caps the size', () => {
    expect(issuesOf(`"${'a'.repeat(9_998)}"`)).toEqual([]);
    expect(issuesOf(`"${'a'.repeat(9_999)}"`)).toEqual(['too-large  undefined:undefined']);
  });

  it('stops listing repeated keys after fifty', () => {
    expect(issuesOf(`{${'"a":1,'.repeat(200)}"a":1}`)).toHaveLength(50);
  });

  it('finds the place of a value, and for a missing one that of its holder', () => {
    const reading = readJsonText('{\n  "a": [\n    { "b": 1 }\n  ]\n}', BOUNDS);
    const at = (pointer: string): unknown => reading.ok && reading.locate({ pointer, rule: 'r', message: 'm' });
    expect(at('/a/0/b')).toMatchObject({ line: 3, column: 7 });
    expect(at('/a/0/missing')).toMatchObject({ line: 3, column: 5 });
    expect(at('/a/9')).toMatchObject({ line: 2, column: 3 });
    expect(at('')).toMatchObject({ line: 1, column: 1 });
  });
});
