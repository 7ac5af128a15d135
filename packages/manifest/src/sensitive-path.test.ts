import { describe, expect, it } from 'vitest';
import { sensitivePath } from './sensitive-path.ts';
import { HOME_ENTRIES, ROOT_ENTRIES, SYSTEM_TREES } from './sensitive-path-table.ts';

describe('sensitivePath', () => {
  it.each([
    '/',
    '~',
    '.',
    '',
    '~/',
    '/home',
    '/home/ana',
    '/Users/ana/',
    '/root',
    '/etc',
    '/etc/ssl/private',
    '/proc/self',
    '/sys',
    '/dev/shm',
    '/var',
    '/tmp',
    '/private/etc',
    '~/.ssh',
    '~/.SSH/keys',
    '~/.aws',
    '~/.gnupg',
    '~/.config',
    '~/.config/gcloud/x',
    '~/.kube',
    '~/.docker',
    '~/.bashrc',
    '~/.local',
    '~/Library',
    '~/Library/Application Support',
    '~/.mozilla/firefox',
    '/home/ana/.ssh',
    '/Users/ana/.aws',
    '/root/.gnupg',
    '/srv/backup/ana/.ssh',
    '.git',
    'app/.git/hooks',
    '.carapace',
    'x/.carapace/store',
    'carapace.json',
    '~/.config/carapace',
    '~/.local/share/carapace/x',
    '/srv/../etc',
  ])('objects to %j', (path) => {
    expect(sensitivePath(path)?.reason).toEqual(expect.any(String));
  });

  it.each([
    '~/documents',
    '~/Documents/2026',
    '/home/ana/documents',
    'data',
    'data/in',
    '/srv/data',
    '/tmp/work',
    '/mnt/disk',
    '~/.config/weather',
    '/home/ana/sshnotes',
    '~/.sshx',
    'gitignore',
    'home/ana',
    'users/ana',
    '/etcetera',
  ])('has nothing against %j', (path) => {
    expect(sensitivePath(path)).toBeUndefined();
  });

  it.each(HOME_ENTRIES)('objects to ~/%s', (entry, reason) => {
    expect(sensitivePath(`~/${entry}`)).toEqual({ reason });
    expect(sensitivePath(`/home/ana/${entry}/x`)).toEqual({ reason });
  });

  it.each([...ROOT_ENTRIES, ...SYSTEM_TREES])('objects to /%s', (entry) => {
    expect(sensitivePath(`/${entry}`)).toBeDefined();
  });
});
