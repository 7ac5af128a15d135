import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRuntime } from '@carapace/runtime';
import { namespacesMissing, runEnclosedSelfTestWithout, runJailed } from '@carapace/runtime/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { descendantsOf, isRunning, startHost } from '../adversarial/host-program.ts';
import { startUnder } from './hosts/start-under.ts';

const missing = await namespacesMissing();
const withNamespaces = missing === undefined ? describe : describe.skip;
const where = missing === undefined ? '' : ` (not on this machine: ${missing})`;
const isRoot = process.getuid?.() === 0;

const folder = mkdtempSync(join(tmpdir(), 'carapace-namespaces-'));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true }));

withNamespaces(`a runtime on a machine with namespaces${where}`, () => {
  it('uses them without being asked, and stamps the level on each result', async () => {
    expect(await startUnder({})).toMatchObject({ structured: 5, level: 'contained', stamped: 'contained' });
    expect(await startUnder({}, { namespaces: 'required' })).toMatchObject({ level: 'contained' });
    expect(await startUnder({}, { minimumProtection: 'contained' })).toMatchObject({ structured: 5 });
  });

  it('does without where the host has switched them off, and refuses what it then cannot give', async () => {
    await using runtime = await createRuntime({ namespaces: 'off', spares: 0 });
    expect(runtime.protection).toMatchObject({
      level: 'jailed',
      layers: expect.arrayContaining([
        { layer: 'namespaces', state: 'absent', detail: 'the host has switched them off' },
      ]),
    });
    await expect(createRuntime({ namespaces: 'off', minimumProtection: 'contained', spares: 0 })).rejects.toMatchObject(
      {
        code: 'ERR_CARAPACE_RUNTIME_PROTECTION',
        message: expect.stringContaining('namespaces: the host has switched them off'),
      },
    );
  });

  it('OS-129 runs no bwrap that PATH names', async () => {
    const marker = join(folder, 'was-run');
    writeFileSync(join(folder, 'bwrap'), `#!/bin/sh\ntouch ${marker}\nexit 1\n`);
    chmodSync(join(folder, 'bwrap'), 0o755);
    expect(await startUnder({ env: { PATH: `${folder}:/usr/bin:/bin` } })).toMatchObject({ level: 'contained' });
    expect(existsSync(marker)).toBe(false);
  });
});

/** What machine code finds when it looks around. */
const LOOK = `
const { readdirSync, readlinkSync, statSync, writeSync } = require('node:fs');
const os = require('node:os');
const attempt = (action) => { try { return action(); } catch (error) { return error.code ?? error.message; } };
const links = (names) => Object.fromEntries(names.map((name) => [name, attempt(() => readlinkSync('/proc/self/ns/' + name))]));
const message = {
  list: attempt(() => readdirSync('/')),
  seen: ['/etc/passwd', '/home', '/tmp', '/usr/bin', '/sys', '/dev', '/carapace/node', '/proc/1/status', '/proc/' + INPUT.hostPid].filter((path) => attempt(() => statSync(path).ino) > 0),
  host: os.hostname(),
  pid: process.pid,
  parent: process.ppid,
  user: process.getuid(),
  ns: links(['mnt', 'pid', 'net', 'ipc', 'uts', 'cgroup']),
  folder: attempt(() => process.cwd()),
};
const head = Buffer.from(JSON.stringify(message));
const prefix = Buffer.alloc(8);
prefix.writeUInt32LE(4 + head.length, 0);
prefix.writeUInt32LE(head.length, 4);
writeSync(3, Buffer.concat([prefix, head]));
const holder = { exports: {} };
process.dlopen(holder, '/proc/self/fd/5');
holder.exports.load(null).func('long syscall(long number, long code)')(231, 0);
`;

async function look(namespaces: boolean): Promise<unknown> {
  const program = join(folder, `look-${namespaces}.js`);
  writeFileSync(program, `const INPUT = ${JSON.stringify({ hostPid: process.pid })};\n${LOOK}`);
  const { frames } = await runJailed(program, { namespaces });
  return frames[0];
}

withNamespaces(`machine code in a worker${where}`, () => {
  it('sees its own boot files and itself, and nothing of the host', async () => {
    expect(await look(true)).toEqual({
      list: 'EACCES',
      seen: ['/carapace/node', '/proc/1/status'],
      host: 'sandbox',
      pid: 2,
      parent: 1,
      user: isRoot ? 65534 : process.getuid?.(),
      ns: expect.any(Object),
      folder: '/',
    });
  });

  it('shares no namespace with the host', async () => {
    const [inside, outside] = [await look(true), await look(false)];
    const ids = (seen: unknown): readonly unknown[] =>
      typeof seen === 'object' && seen !== null && 'ns' in seen ? Object.values(Object(seen.ns)) : [];
    expect(ids(inside)).toHaveLength(6);
    expect(ids(outside)).toHaveLength(6);
    expect(ids(inside).filter((id) => ids(outside).includes(id))).toEqual([]);
  });

  it('sees the host’s files without them, so that the difference is theirs', async () => {
    expect(await look(false)).toMatchObject({
      seen: expect.arrayContaining(['/etc/passwd', '/tmp', `/proc/${process.pid}`]),
      parent: process.pid,
    });
  });
});

withNamespaces(`the self-test inside namespaces${where}`, () => {
  it.each([
    [[], []],
    [['landlock'], ['open-outside']],
    [['rlimits'], ['memory']],
  ] as const)('without %j reports %j', async (without, through) => {
    const { attempts, layers } = await runEnclosedSelfTestWithout(...without);
    expect(attempts.filter(({ outcome }) => outcome !== 'denied').map(({ name }) => name)).toEqual(through);
    expect(layers.find(({ layer }) => layer === 'namespaces')).toMatchObject({ state: 'enforced' });
  });
});

withNamespaces(`a host that dies${where}`, () => {
  it('takes its workers with it, and what stands between it and them', { timeout: 120_000 }, async () => {
    for (let kill = 0; kill < 3; kill += 1) {
      await using host = startHost('spin');
      expect(await host.next()).toEqual({ running: expect.any(Number) });
      const below = descendantsOf(host.pid);
      // For each of two workers: bwrap, process 1, and the worker that spins.
      expect(below.length).toBeGreaterThanOrEqual(6);
      host.child.kill('SIGKILL');
      await host.exited;
      await expect.poll(() => below.filter(isRunning), { timeout: 10_000 }).toEqual([]);
    }
  });
});
