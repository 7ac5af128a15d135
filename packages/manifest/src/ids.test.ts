import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isMountName,
  isSha256,
  isSha512,
  isSkillName,
  isSkillVersion,
  isToolName,
  parseMountName,
  parseSha256,
  parseSha512,
  parseSkillName,
  parseSkillVersion,
  parseToolName,
  qualifiedToolName,
} from './ids.ts';

const HEX = 'a'.repeat(64);

describe.each([
  [
    'skill name',
    isSkillName,
    parseSkillName,
    ['a', 'unit-convert', '3d', 'a'.repeat(64)],
    ['', 'A', 'a--b', '-a', 'a-', 'a_b', 'a'.repeat(65), 'weather\u202e', 'ａ', 'a\n', 'a/b'],
  ],
  [
    'skill version',
    isSkillVersion,
    parseSkillVersion,
    ['0.0.0', '1.2.3', '1.0.0-rc.1'],
    ['', '1.2', 'v1.2.3', ' 1.2.3', '1.2.3+build', '01.2.3', '1.2.3\n', `1.2.3-${'a'.repeat(70)}`],
  ],
  [
    'tool name',
    isToolName,
    parseToolName,
    ['a', 'Current_1-x', 'x'.repeat(64)],
    ['', 'a.b', 'a b', 'x'.repeat(65), 'é', 'a\n'],
  ],
  [
    'mount name',
    isMountName,
    parseMountName,
    ['docs', 'a', 'my-docs1'],
    ['', '1a', '-a', 'Docs', 'a_b', '..', 'a/b', 'a'.repeat(33), 'a\n'],
  ],
  [
    'SHA-256',
    isSha256,
    parseSha256,
    [`sha256-${HEX}`],
    [HEX, `sha256:${HEX}`, `sha256-${HEX.toUpperCase()}`, `sha256-${HEX}0`, `sha256-${HEX}\n`],
  ],
  ['SHA-512', isSha512, parseSha512, [`sha512-${HEX}${HEX}`], [`sha512-${HEX}`, `sha256-${HEX}${HEX}`]],
] as const)('%s', (_name, is, parse, good, bad) => {
  it.each([...good])('accepts %j', (text) => {
    expect(is(text)).toBe(true);
    expect(parse(text)).toBe(text);
  });

  it.each([...bad])('refuses %j', (text) => {
    expect(is(text)).toBe(false);
    expect(() => parse(text)).toThrow(TypeError);
  });

  it('has one spelling: an accepted text is ASCII without white space', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !is(text) || /^[!-~]+$/.test(text)));
  });
});

it('joins skill and tool with two underscores', () => {
  expect(qualifiedToolName('weather', 'current')).toBe('weather__current');
});
