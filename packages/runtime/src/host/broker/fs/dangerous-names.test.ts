import { describe, expect, it } from 'vitest';
import { isDangerousPath } from './dangerous-names.ts';

const DANGEROUS = [
  '.git',
  '.git/config',
  '.git/hooks/pre-commit',
  'project/.git/info/attributes',
  '.GIT/config',
  '.git./config',
  '.git /config',
  '．git/config',
  '.gitmodules',
  '.env',
  '.env.production',
  'app/.ENV',
  '.bashrc',
  '.zshenv',
  '.profile',
  '.ssh/authorized_keys',
  'authorized_keys',
  '.vscode/tasks.json',
  '.mcp.json',
  '.claude/settings.json',
  'CLAUDE.md',
  'docs/AGENTS.md',
  'SKILL.md',
  'carapace.json',
  'carapace.lock',
  '.npmrc',
  'node_modules/.bin/tsc',
  '.config/autostart/x.txt',
  '.config/systemd/user/x.service',
  '.local/bin/ls',
  'a/autostart/run.desktop',
  'menu.desktop',
  'user/timer.timer',
  'site.pth',
  'a.code-workspace',
];

const HARMLESS = [
  'notes.md',
  'git/config',
  '.gitignore',
  'env',
  'environment.md',
  'my.env',
  'bin/tsc',
  'node_modules/zod/index.js',
  'desktop',
  'booking.service',
  'config/autostart.txt',
  '...',
  'profile',
  'README.md',
];

describe('isDangerousPath', () => {
  it.each(DANGEROUS)('%s', (path) => {
    expect(isDangerousPath(path.split('/'))).toBe(true);
  });

  it.each(HARMLESS)('not %s', (path) => {
    expect(isDangerousPath(path.split('/'))).toBe(false);
  });
});
