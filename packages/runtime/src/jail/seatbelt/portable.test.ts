import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { windowsCommand } from '../windows/windows-command.ts';
import { portableBootstrap } from './portable-bootstrap.ts';
import { seatbeltCommand } from './seatbelt-command.ts';
import { seatbeltProfile } from './seatbelt-profile.ts';

/** Text only: none of it has run on the systems that it is for. */
const FILES = { node: '/opt/node', bundle: '/opt/worker.cjs', addon: '/opt/ivm.node' };
const flags = { jit: false, heapMiB: 64, nodeMajor: 24 };

describe('seatbeltProfile', () => {
  const profile = seatbeltProfile(FILES);

  it('denies what it does not name, and network, fork and writing by name', () => {
    expect(profile.split('\n').slice(0, 5)).toEqual([
      '(version 1)',
      '(deny default)',
      '(deny network*)',
      '(deny process-fork)',
      '(deny file-write*)',
    ]);
  });

  it('lets one program run and its own files be read, no folder of a user', () => {
    expect(profile).toContain('(allow process-exec (literal "/opt/node"))');
    expect(profile).toContain('(literal "/opt/worker.cjs")');
    expect(profile.match(/\(subpath [^)]*\)/g)?.filter((rule) => !/"\/(usr\/lib|System\/)/.test(rule))).toEqual([]);
    expect(profile.match(/\(allow [a-z-]+\*?/g)).toEqual([
      '(allow process-exec',
      '(allow file-read*',
      '(allow file-map-executable',
      '(allow file-read-metadata',
      '(allow sysctl-read',
      '(allow signal',
    ]);
  });

  it('has balanced brackets', () => {
    expect(profile.split('(').length).toBe(profile.split(')').length);
  });

  it.each(['/opt/a"b', '/opt/a\\b', '/opt/a\nb'])('refuses the path %j, which would write rules of its own', (node) => {
    expect(() => seatbeltProfile({ ...FILES, node })).toThrow(/special character/);
  });
});

describe('commands without a launcher', () => {
  it('put Node below sandbox-exec, by absolute path, with an empty environment', () => {
    const command = seatbeltCommand({ ...FILES, flags });
    expect(command).toMatchObject({ program: '/usr/bin/sandbox-exec', env: {} });
    expect(command.arguments.slice(0, 4)).toEqual(['-p', seatbeltProfile(FILES), '/opt/node', '--jitless']);
    expect(command.arguments.at(-1)).toContain('"layer":"seatbelt"');
  });

  it('claim no layer on Windows, where there is none', () => {
    const command = windowsCommand({ ...FILES, flags }, 'C:\\Windows');
    expect(command).toMatchObject({ program: '/opt/node', env: { SystemRoot: 'C:\\Windows' } });
    expect(command.arguments.at(-1)).toContain('layers: [], pid');
  });

  it('report before they run the bundle, and load the add-on by its path', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'carapace-portable-'));
    const path = join(folder, 'bundle.js');
    writeFileSync(
      path,
      "try { process.dlopen({ exports: {} }, '/proc/self/fd/5'); } catch (error) { require('node:fs').writeSync(2, error.message); }",
    );
    const bundle = openSync(path, 'r');
    const child = spawn(process.execPath, ['-e', portableBootstrap('/no/such/addon.node', [])], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', bundle],
    });
    closeSync(bundle);
    const text = { report: '', error: '' };
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      text.report += chunk.toString('latin1');
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      text.error += chunk.toString();
    });
    await new Promise((resolve) => child.once('close', resolve));
    rmSync(folder, { recursive: true });
    expect(JSON.parse(text.report.slice(8))).toEqual({ kind: 'jailed', layers: [], pid: child.pid });
    expect(text.error).toContain('/no/such/addon.node');
  });
});
