import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LinuxSyscalls, loadLinuxSyscalls, RESOLVE } from './linux-syscalls.ts';

async function load(): Promise<LinuxSyscalls> {
  const support = await loadLinuxSyscalls();
  if (support.kind === 'unavailable') throw new Error(support.reason);
  return support.syscalls;
}

describe('openat2', () => {
  let folder = '';
  let root = -1;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'carapace-openat2-'));
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'sub', 'é.txt'), 'twelve bytes');
    symlinkSync('sub', join(folder, 'link'));
    symlinkSync('/etc', join(folder, 'absolute'));
    root = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  });
  afterEach(() => {
    closeSync(root);
    rmSync(folder, { recursive: true });
  });

  it('opens a name beneath the directory', async () => {
    const result = (await load()).openat2(root, 'sub/é.txt', { flags: constants.O_RDONLY, resolve: RESOLVE.BENEATH });
    if (result.kind === 'failed') throw new Error(result.errno);
    expect(fstatSync(result.fd).size).toBe(12);
    closeSync(result.fd);
  });

  it.each([
    ['..', RESOLVE.BENEATH, 'EXDEV'],
    ['/etc', RESOLVE.BENEATH, 'EXDEV'],
    ['absolute', RESOLVE.BENEATH, 'EXDEV'],
    ['link/é.txt', RESOLVE.NO_SYMLINKS, 'ELOOP'],
    ['sub/none', RESOLVE.BENEATH, 'ENOENT'],
    ['sub/é.txt/x', RESOLVE.BENEATH, 'ENOTDIR'],
    ['sub', 1 << 30, 'EINVAL'],
    // RESOLVE_CACHED (0x20): a name the kernel has not looked up yet. The number has a second name, EWOULDBLOCK.
    ['sub/never-looked-up', 0x20, 'EAGAIN'],
  ])('%s with resolve %d fails with %s', async (path, resolve, errno) => {
    expect((await load()).openat2(root, path, { flags: constants.O_RDONLY, resolve })).toEqual({
      kind: 'failed',
      errno,
    });
  });
});

describe('loadLinuxSyscalls', () => {
  const refuseToLoad = (): Promise<never> => Promise.reject(new Error('no such module'));

  it.each([
    ['darwin', 'arm64', 'platform is darwin'],
    ['linux', 'riscv64', 'architecture is riscv64'],
    ['linux', 'x64', 'koffi did not load: no such module'],
  ])('is unavailable on %s/%s and says why', async (platform, arch, reason) => {
    const support = await loadLinuxSyscalls({ platform, arch, loadKoffi: refuseToLoad });
    expect(support).toEqual({ kind: 'unavailable', reason });
  });
});

describe('readCached', () => {
  it('reads what is in memory, at the position or at a given one, and nothing behind the end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'carapace-read-cached-'));
    writeFileSync(join(folder, 'page'), 'twelve bytes');
    const fd = openSync(join(folder, 'page'), constants.O_RDONLY);
    try {
      const { readCached } = await load();
      const into = Buffer.alloc(6);
      const texts = [undefined, undefined, 7, undefined].map((position) => {
        const length = readCached(fd, into, position);
        // A filesystem that cannot tell what is in memory answers nothing, ever.
        return length === undefined ? 'unknown' : into.toString('latin1', 0, length);
      });
      expect([['twelve', ' bytes', 'bytes', ''].join('|'), 'unknown|unknown|unknown|unknown']).toContain(
        texts.join('|'),
      );
    } finally {
      closeSync(fd);
      rmSync(folder, { recursive: true });
    }
  });

  it('answers nothing for a descriptor that cannot be read', async () => {
    expect((await load()).readCached(-1, Buffer.alloc(1))).toBeUndefined();
  });
});
