import { describe, expect, it } from 'vitest';
import type { JailLayerName, LayerReport } from '../jail/jail-spec.ts';
import { assertPlatform } from './platform.ts';
import { atLeast, protectionOf, shortfall, standingLayers } from './protection-report.ts';
import { assertLayersHold, type SelfTestAttempt } from './self-test.ts';

const JAIL: readonly JailLayerName[] = ['rlimits', 'identity', 'no-new-privileges', 'landlock', 'seccomp', 'sealed'];
const NAMES: readonly JailLayerName[] = ['namespaces', ...JAIL];
const all = (changed: Partial<Record<JailLayerName, LayerReport['state']>> = {}): LayerReport[] =>
  NAMES.map((layer) => ({ layer, state: changed[layer] ?? 'enforced', detail: `detail of ${layer}` }));

describe('protectionOf', () => {
  it.each([
    ['everything', {}, 'contained'],
    ['no namespaces', { namespaces: 'absent' }, 'jailed'],
    ['a namespace shared with the host', { namespaces: 'partial' }, 'jailed'],
    ['namespaces and an older Landlock', { landlock: 'partial' }, 'contained'],
    ['an older Landlock', { namespaces: 'absent', landlock: 'partial' }, 'jailed'],
    ['root that may not change its id', { namespaces: 'absent', identity: 'partial' }, 'jailed'],
    ['no Landlock', { landlock: 'absent' }, 'filtered'],
    ['no identity change', { identity: 'absent' }, 'filtered'],
    ['no second filter', { sealed: 'absent' }, 'filtered'],
    ['no filter', { seccomp: 'absent' }, 'process'],
    ['no limits', { rlimits: 'absent' }, 'process'],
    ['new privileges', { 'no-new-privileges': 'absent' }, 'process'],
  ] as const)('with %s', (_name, changed, level) => {
    expect(protectionOf(all(changed)).level).toBe(level);
  });

  it.each(NAMES)('counts a report without %s as absent, never as enforced', (missing) => {
    const { level } = protectionOf(all().filter(({ layer }) => layer !== missing));
    expect(atLeast(level, missing === 'namespaces' ? 'contained' : 'jailed')).toBe(false);
  });

  it('says of a layer that holds in part that it does, and leaves out one that is absent', () => {
    const report = protectionOf(all({ namespaces: 'absent', identity: 'partial', landlock: 'absent' }));
    expect(standingLayers(report)).toEqual(['rlimits', 'identity (partial)', 'no-new-privileges', 'seccomp', 'sealed']);
  });

  it('names what is short of a level, and nothing that the level does not ask for', () => {
    const report = protectionOf(all({ namespaces: 'absent', landlock: 'absent' }));
    expect(shortfall(report, 'jailed')).toBe('landlock: detail of landlock');
    expect(shortfall(report, 'contained')).toBe('landlock: detail of landlock; namespaces: detail of namespaces');
    expect(shortfall(protectionOf([]), 'filtered')).toContain('seccomp: missing from the launch report');
    expect(atLeast('filtered', 'jailed')).toBe(false);
    expect(atLeast('jailed', 'process')).toBe(true);
    expect(atLeast('jailed', 'contained')).toBe(false);
  });
});

describe('assertLayersHold', () => {
  const attempt = (
    outcome: SelfTestAttempt['outcome'],
    stoppedBy: readonly JailLayerName[] = ['seccomp'],
  ): SelfTestAttempt => ({
    name: 'socket',
    stoppedBy,
    outcome,
    errno: 1,
  });

  it('OS-133 refuses when an attempt succeeded or never answered although its layer stands', () => {
    for (const outcome of ['succeeded', 'unanswered'] as const) {
      expect(() => assertLayersHold({ layers: all(), attempts: [attempt('denied'), attempt(outcome)] })).toThrow(
        expect.objectContaining({
          code: 'ERR_CARAPACE_RUNTIME_SELF_TEST',
          message: expect.stringContaining(`socket ${outcome} (to be stopped by seccomp)`),
        }),
      );
    }
    expect(() => assertLayersHold({ layers: all(), attempts: [attempt('denied')] })).not.toThrow();
  });

  it('does not blame a layer that the report calls absent, and blames the one that is left', () => {
    const layers = all({ landlock: 'absent' });
    expect(() => assertLayersHold({ layers, attempts: [attempt('succeeded', ['landlock'])] })).not.toThrow();
    expect(() => assertLayersHold({ layers, attempts: [attempt('succeeded', ['landlock', 'seccomp'])] })).toThrow();
  });
});

describe('assertPlatform', () => {
  const here = { os: 'linux', processor: 'x64', nodeVersion: '24.21.0' };

  it.each([
    [{ nodeVersion: '22.20.0' }, /older than 24\.15/],
    [{ nodeVersion: '24.14.9' }, /older than 24\.15/],
    [{ nodeVersion: '25.1.0' }, /odd release/],
    [{ os: 'darwin' }, /jail for darwin .* untested/],
    [{ os: 'win32' }, /workers for win32 .* untested/],
    [{ os: 'freebsd' }, /no jail for freebsd/],
    [{ processor: 'ia32' }, /no system-call table for ia32/],
  ])('AU-348 refuses %j', (changed, message) => {
    expect(() => assertPlatform({ ...here, ...changed })).toThrow(message);
  });

  it('accepts what is supported', () => {
    expect(() => assertPlatform(here)).not.toThrow();
    expect(() => assertPlatform({ ...here, nodeVersion: '26.10.0' })).not.toThrow();
    expect(() => assertPlatform({ ...here, processor: 'arm64' })).not.toThrow();
  });
});
