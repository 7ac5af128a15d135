import { describe, expect, it } from 'vitest';
import { missingPackages, platformOf } from './complete-lock-file.ts';

describe('platformOf', () => {
  it.each([
    ['@oxlint/binding-linux-x64-gnu', { os: ['linux'], cpu: ['x64'], libc: ['glibc'] }],
    ['@rollup/rollup-linux-arm-musleabihf', { os: ['linux'], cpu: ['arm'], libc: ['musl'] }],
    ['@biomejs/cli-darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
    ['@rollup/rollup-win32-x64-gnu', { os: ['win32'], cpu: ['x64'] }],
    ['fsevents', undefined],
  ])('reads %s', (name, platform) => {
    expect(platformOf(name)).toEqual(platform);
  });
});

describe('missingPackages', () => {
  const tool = {
    version: '1.2.3',
    dev: true,
    optionalDependencies: { 'tool-linux-x64': '1.2.3', 'tool-win32-x64': '1.2.3' },
  };

  it('names what a package asks for and the lock file does not have', () => {
    const packages = { 'node_modules/tool': tool, 'node_modules/tool-linux-x64': { version: '1.2.3', optional: true } };

    expect([...missingPackages({ packages })]).toEqual([
      ['node_modules/tool-win32-x64', { version: '1.2.3', os: ['win32'], cpu: ['x64'], dev: true, optional: true }],
    ]);
  });

  it('leaves ranges and names without a platform to npm', () => {
    const optionalDependencies = { 'tool-darwin-x64': '^1.2.3', fsevents: '2.3.3' };

    expect(missingPackages({ packages: { 'node_modules/tool': { optionalDependencies } } }).size).toBe(0);
  });
});
