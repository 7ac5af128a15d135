import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  clampedLimits,
  LIMIT_NAMES,
  LIMITS,
  resolveLimits,
  resolveToolLimits,
  TOOL_LIMIT_NAMES,
} from './budget-spec.ts';

type Properties = Record<string, Record<string, unknown>>;
const schema: { $defs: { limits: { properties: Properties }; toolLimits: { properties: Properties } } } = JSON.parse(
  await readFile(new URL('../schema/skill-manifest.schema.json', import.meta.url), 'utf8'),
);
const limitSchema = schema.$defs.limits.properties;

describe('LIMITS', () => {
  it('is the table the schema shows', () => {
    expect(Object.keys(limitSchema)).toEqual(LIMIT_NAMES);
    for (const name of LIMIT_NAMES) {
      const { floor, ceiling, meaning, default: usual } = LIMITS[name];
      expect(limitSchema[name]).toEqual({
        description: `${meaning}.`,
        type: 'integer',
        minimum: floor,
        maximum: ceiling,
        default: usual,
      });
    }
  });

  it('bounds what a tool has for itself like what the skill has', () => {
    const ofTools = schema.$defs.toolLimits.properties;
    expect(Object.keys(ofTools)).toEqual(TOOL_LIMIT_NAMES);
    for (const name of TOOL_LIMIT_NAMES) {
      const { floor, ceiling } = LIMITS[name];
      expect(ofTools[name]).toMatchObject({ type: 'integer', minimum: floor, maximum: ceiling });
    }
  });

  it('lists every name once', () => {
    expect([...LIMIT_NAMES].toSorted()).toEqual(Object.keys(LIMITS).toSorted());
  });

  it.each(LIMIT_NAMES)('keeps the default of %s between floor and ceiling', (name) => {
    expect(LIMITS[name].default).toBeGreaterThanOrEqual(LIMITS[name].floor);
    expect(LIMITS[name].default).toBeLessThanOrEqual(LIMITS[name].ceiling);
  });
});

describe('resolveLimits', () => {
  it('fills in every default', () => {
    expect(resolveLimits()).toMatchObject({ wallMs: 10_000, cpuMs: 5_000, memoryMiB: 64, callsPerMinute: 60 });
    expect(Object.keys(resolveLimits())).toEqual(LIMIT_NAMES);
  });

  it('takes what is asked for up to the ceiling of the table', () => {
    expect(resolveLimits({ wallMs: 300_000 }).wallMs).toBe(300_000);
    expect(resolveLimits({ wallMs: 300_001 }).wallMs).toBe(300_000);
  });

  it("takes the operator's ceiling for requests and for defaults, and never lets it raise the table's", () => {
    expect(resolveLimits({ wallMs: 5_000 }, { wallMs: 2_000, cpuMs: 1_000 })).toMatchObject({
      wallMs: 2_000,
      cpuMs: 1_000,
    });
    expect(resolveLimits({ wallMs: 999_999 }, { wallMs: 999_999 }).wallMs).toBe(300_000);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 1.5, 2 ** 60])('refuses %d, which would be no limit', (value) => {
    expect(() => resolveLimits({ wallMs: value })).toThrow(TypeError);
    expect(() => resolveLimits({}, { wallMs: value })).toThrow(TypeError);
  });

  it('lists what it cut down', () => {
    expect(clampedLimits({ wallMs: 5_000, files: 10 }, { wallMs: 2_000 })).toEqual([
      { name: 'wallMs', requested: 5_000, effective: 2_000 },
    ]);
  });
});

describe('resolveToolLimits', () => {
  const skill = { concurrency: 4, callsPerMinute: 60 };

  it('gives a silent tool what its skill has', () => {
    expect(resolveToolLimits({}, skill)).toEqual(skill);
    expect(resolveToolLimits({ concurrency: 2 }, skill)).toEqual({ concurrency: 2, callsPerMinute: 60 });
  });

  it('never gives a tool more than its skill, whose limits an operator may have lowered', () => {
    expect(resolveToolLimits({ concurrency: 5, callsPerMinute: 61 }, skill)).toEqual(skill);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 1.5])('refuses %d, which would be no limit', (concurrency) => {
    expect(() => resolveToolLimits({ concurrency }, skill)).toThrow(TypeError);
  });
});
