import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTrustedProgram, type ProgramLookup } from './trusted-program.ts';

const PROGRAM = 0o100755;
const FOLDER = 0o040755;

/** A machine on which `/bin/tool` is what the entries say; every entry not named is as it should be. */
function machine(entries: Readonly<Record<string, { uid?: number; mode?: number }>> = {}): ProgramLookup {
  return {
    resolve: (path) => (path === '/bin/tool' ? '/usr/bin/tool' : undefined),
    stat: (path) => ({ uid: 0, mode: path === '/usr/bin/tool' ? PROGRAM : FOLDER, ...entries[path] }),
  };
}

describe('OS-129 findTrustedProgram', () => {
  it('finds a program that only root can change, by what its link leads to', () => {
    expect(findTrustedProgram('tool', ['/bin'], machine())).toEqual({ kind: 'found', path: '/usr/bin/tool' });
  });

  it.each([
    ['a file of another user', { '/usr/bin/tool': { uid: 1000 } }, '/usr/bin/tool does not belong to root'],
    [
      'a file that a group may write',
      { '/usr/bin/tool': { mode: 0o100775 } },
      '/usr/bin/tool can be written by others',
    ],
    ['a file that all may write', { '/usr/bin/tool': { mode: 0o100757 } }, '/usr/bin/tool can be written by others'],
    ['a folder of another user', { '/usr/bin': { uid: 1000 } }, '/usr/bin does not belong to root'],
    ['a folder that all may write', { '/usr': { mode: 0o041777 } }, '/usr can be written by others'],
    ['a root folder that all may write', { '/': { mode: 0o040777 } }, '/ can be written by others'],
    ['a set-uid program', { '/usr/bin/tool': { mode: 0o104755 } }, 'it is set-uid'],
    ['a set-gid program', { '/usr/bin/tool': { mode: 0o102755 } }, 'it is set-uid or set-gid'],
    ['a folder of that name', { '/usr/bin/tool': { mode: FOLDER } }, 'it is no regular file'],
  ])('refuses %s', (_name, entries, reason) => {
    expect(findTrustedProgram('tool', ['/bin'], machine(entries))).toEqual({
      kind: 'refused',
      reason: expect.stringContaining(reason),
    });
  });

  it('goes on to the next folder, and says so when it is in none', () => {
    expect(findTrustedProgram('tool', ['/opt', '/bin'], machine())).toMatchObject({ kind: 'found' });
    expect(findTrustedProgram('tool', ['/opt'], machine())).toEqual({
      kind: 'refused',
      reason: 'tool is not installed in /opt',
    });
  });
});

describe('OS-129 findTrustedProgram on this machine', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'carapace-trusted-'));
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin', 'env'), '#!/bin/sh\n');
    chmodSync(join(folder, 'bin', 'env'), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('finds a program of the system', () => {
    expect(findTrustedProgram('env')).toMatchObject({
      kind: 'found',
      path: expect.stringMatching(/\/(env|coreutils)$/),
    });
  });

  it('refuses one below a folder for temporary files, whoever owns it, and never looks at PATH', () => {
    expect(findTrustedProgram('env', [join(folder, 'bin')])).toMatchObject({ kind: 'refused' });
    const path = process.env['PATH'];
    process.env['PATH'] = `${join(folder, 'bin')}:${path ?? ''}`;
    try {
      expect(findTrustedProgram('env')).toMatchObject({ path: expect.not.stringContaining(folder) });
    } finally {
      process.env['PATH'] = path;
    }
  });

  it('judges what a link leads to, not the folder that the link is in', () => {
    mkdirSync(join(folder, 'linked'));
    symlinkSync(join(folder, 'bin', 'env'), join(folder, 'linked', 'env'));
    expect(findTrustedProgram('env', [join(folder, 'linked')])).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(join('bin', 'env')),
    });
  });
});
