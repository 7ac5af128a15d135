import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ISOLATION, ISOLATION_PROFILES, strongestIsolation } from './isolation.ts';

const schema: { properties: { isolation: { enum: unknown; default: unknown } } } = JSON.parse(
  await readFile(new URL('../schema/skill-manifest.schema.json', import.meta.url), 'utf8'),
);

describe('ISOLATION_PROFILES', () => {
  it('are the words of the schema, strongest first', () => {
    expect(ISOLATION_PROFILES).toEqual(['call', 'skill', 'session']);
    expect(schema.properties.isolation).toMatchObject({ enum: ISOLATION_PROFILES, default: DEFAULT_ISOLATION });
  });
});

describe('strongestIsolation', () => {
  it.each(
    ISOLATION_PROFILES.flatMap((one, i) => ISOLATION_PROFILES.map((other, j) => [one, other, Math.min(i, j)] as const)),
  )('lets neither of %s and %s weaken the other', (one, other, at) => {
    expect(strongestIsolation(one, other)).toBe(ISOLATION_PROFILES[at]);
  });

  it('is the strongest when nobody asks or when it does not know the word', () => {
    expect(strongestIsolation()).toBe('call');
    // @ts-expect-error -- a word from a program without types
    expect(strongestIsolation('session', 'none')).toBe('call');
  });
});
