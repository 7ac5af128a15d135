import { execFileSync, spawn } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statfsSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { FsAccess } from '@carapace/manifest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectOutcome } from './attack-case.ts';
import { value } from './expected.ts';
import { EVERYTHING, FILE_PRELUDE } from './file-case.ts';
import { startHost } from './host-program.ts';
import { CANARY, openPlayground, type Playground } from './playground.ts';
import { type Attack, openSandbox, type Sandbox, skillOf } from './sandbox.ts';
import { callOptions } from './variant.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ spares: 2, maxWorkers: 4 });
});
afterAll(async () => {
  await sandbox.expectUnharmed();
  await sandbox[Symbol.asyncDispose]();
});

function attackOn(docs: string, id: string, run: string, access: readonly FsAccess[] = EVERYTHING): Attack {
  const module = `${FILE_PRELUDE}\nexport default { tools: { attack: { async run(input, ctx) {\n${run}\n} } } };`;
  const limits = {
    wallMs: 30_000,
    cpuMs: 30_000,
    brokerCalls: 100_000,
    files: 100_000,
    fsReadMiB: 1_000,
    fsWriteMiB: 1_000,
  };
  return { id, title: 'moving', module, docs, access, limits };
}

/** What takes the place of the directory that was granted. */
const REPLACEMENTS: readonly (readonly [title: string, replace: (playground: Playground) => void])[] = [
  ['nothing', () => undefined],
  ['a link to another directory', ({ inside, outside }) => symlinkSync(outside, inside)],
  ['another directory', ({ inside, outside }) => renameSync(outside, inside)],
  ['a file', ({ inside }) => writeFileSync(inside, CANARY)],
];

describe('FS-170 the granted directory is renamed away and replaced', () => {
  it.each(REPLACEMENTS)(
    'by %s: every operation is refused, the old place is not used either',
    async (_title, replace) => {
      using playground = openPlayground();
      const run =
        "return [await everywhere('/docs/a.txt'), await everywhere('/docs/secret.txt'), await everywhere('/docs/new')];";
      const attack = attackOn(playground.inside, 'FS-170', run);
      await using skill = await sandbox.runtime.load(skillOf(attack), {
        permissions: 'declared',
        mounts: { docs: playground.inside },
      });
      const away = `${playground.inside}-away`;
      renameSync(playground.inside, away);
      replace(playground);
      const result = await skill.call('attack', {}, callOptions());
      const changed = ['PERMISSION_FS_ROOT_CHANGED'];
      expectOutcome(result, value([changed, changed, changed]));
      expect(JSON.stringify(result)).not.toContain(CANARY);
      expect(readdirSync(away)).toEqual(['a.txt', 'folder']);
    },
  );

  it('in the middle of a call: not one more byte is read', async () => {
    using playground = openPlayground();
    const run = `const seen = new Set();
      for (;;) { const found = await outcome(() => fs.readFile('/docs/a.txt')); seen.add(found); if (found !== 'inside') return [...seen]; }`;
    const readBefore = filesRead();
    const calling = sandbox.run(attackOn(playground.inside, 'FS-170', run));
    await expect.poll(filesRead, { timeout: 10_000 }).toBeGreaterThan(readBefore + 3);
    writeFileSync(join(playground.outside, 'a.txt'), CANARY);
    renameSync(playground.inside, `${playground.inside}-away`);
    symlinkSync(playground.outside, playground.inside);
    const result = await calling;
    expect(result.structured).toEqual(['inside', 'PERMISSION_FS_ROOT_CHANGED']);
  });
});

function filesRead(): number {
  return sandbox.audit.events({ kind: 'broker-decision' }).length;
}

/** Until the call has ended: a process of its own changes what a name stands for, as fast as it can. */
async function whileSwapping<Result>(
  swap: string,
  args: readonly string[],
  call: () => Promise<Result>,
): Promise<Result> {
  const program = `const { linkSync, symlinkSync, writeFileSync, rmSync, renameSync } = require('node:fs');
    const [name, target] = process.argv.slice(1);
    for (let turn = 0; ; turn += 1) { ${swap} }`;
  const child = spawn(process.execPath, ['-e', program, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    return await call();
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

describe('FS-172 a name that another process changes while it is used', () => {
  it('to a link to a file outside: what is read was inside, what is written stays inside', async () => {
    using playground = openPlayground();
    const [name, secret] = [join(playground.inside, 'name'), join(playground.outside, 'secret.txt')];
    const before = playground.beside();
    const run = `const seen = new Set();
      for (const end = Date.now() + 1_500; Date.now() < end;) {
        seen.add(await outcome(() => fs.readFile('/docs/name')));
        seen.add(await outcome(() => fs.writeFile('/docs/name', 'w')));
        seen.add(await outcome(() => fs.appendFile('/docs/name', 'a')));
        seen.add(await outcome(() => fs.copyFile('/docs/name', '/docs/copy')));
        seen.add(await outcome(() => fs.truncate('/docs/name', 1)));
        seen.add(await outcome(() => fs.readFile('/docs/copy')));
        await outcome(() => fs.unlink('/docs/copy'));
      }
      return [...seen];`;
    const swap =
      "rmSync(name, { force: true }); try { turn % 2 === 0 ? symlinkSync(target, name) : writeFileSync(name, 'own', { flag: 'wx' }); } catch {}";
    const attack = attackOn(playground.inside, 'FS-172', run);
    const result = await whileSwapping(swap, [name, secret], () => sandbox.run(attack));
    expect(result.code).toBe(undefined);
    expect(result.structured).toContain('PERMISSION_FS_LINK');
    expect(result.structured).toContain('own');
    expect(JSON.stringify(result)).not.toContain(CANARY);
    expect(playground.beside()).toEqual(before);
  });

  it('a second name that comes and goes behind an open file does not turn the handle into another file', async () => {
    using playground = openPlayground();
    const run = `let handle;
      while (handle === undefined) handle = await fs.open('/docs/a.txt', 'r').catch(() => undefined);
      const seen = new Set();
      for (const end = Date.now() + 600; Date.now() < end;) {
        const bytes = new Uint8Array(64);
        seen.add(await outcome(async () => {
          const { bytesRead } = await handle.read(bytes, 0, 64, 0);
          return new TextDecoder().decode(bytes.subarray(0, bytesRead));
        }));
      }
      return [...seen];`;
    const swap = 'linkSync(target, name); rmSync(name);';
    const args = [join(playground.inside, 'second'), join(playground.inside, 'a.txt')];
    const attack = attackOn(playground.inside, 'FS-172', run);
    const result = await whileSwapping(swap, args, () => sandbox.run(attack));
    expectOutcome(result, value(['inside']));
  });
});

describe('another file system below the directory', () => {
  const READING = "['readFile', 'stat', 'access', 'open r', 'readdir', 'opendir']";
  /** The whole machine is granted, in words that nobody should write: only the device numbers are left to say no. */
  const grant = { mounts: { docs: '/' }, allowSensitive: ['docs'] };

  it.each([
    [
      'FS-174',
      'magic links and pseudo files',
      ['proc/self/environ', 'proc/self/root/etc/passwd', 'proc/version', 'sys/kernel/notes'],
    ],
    ['FS-175', 'a mount that was not declared', ['dev/shm', 'dev/null/x', 'proc', 'sys']],
    ['FS-173', 'devices', ['dev/zero', 'dev/null', 'dev/tty', 'dev/full']],
  ])('%s %s: refused', async (id, _title, paths) => {
    const run = `const codes = []; for (const path of ${JSON.stringify(paths)}) codes.push(...await everywhere('/docs/' + path, ${READING}));
      return [...new Set(codes)];`;
    const result = await sandbox.run({ ...attackOn('/', id, run, ['read', 'list']) }, grant);
    expectOutcome(result, value(['PERMISSION_FS_SCOPE']));
  });
});

/** A small file system of its own, where this process may mount one. */
function mountSmall(at: string): Disposable | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=0777', 'none', at], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return { [Symbol.dispose]: () => execFileSync('umount', [at]) };
}

describe('FS-182 a file system of a mebibyte that is full', () => {
  it('gives a code, and the old content stays', async ({ skip }) => {
    using playground = openPlayground();
    const small = join(playground.inside, 'small');
    mkdirSync(small);
    using mounted = mountSmall(small);
    if (mounted === undefined) return skip('this process may not mount anything');
    writeFileSync(join(small, 'old.txt'), 'old content');
    const room = statfsSync(small).bavail * statfsSync(small).bsize;
    writeFileSync(join(small, 'filler'), Buffer.alloc(Math.max(0, room - 65_536)));
    const run = `const big = 'x'.repeat(400_000);
      return await all({
        replace: () => fs.writeFile('/docs/old.txt', big), make: () => fs.writeFile('/docs/new.txt', big),
        open: async () => { const handle = await fs.open('/docs/old.txt', 'w'); try { await handle.write(big); } finally { await handle.close(); } },
        old: () => fs.readFile('/docs/old.txt'), names: async () => (await fs.readdir('/docs')).filter((name) => name !== 'filler' && name !== 'new.txt').join(),
      });`;
    const result = await sandbox.run(attackOn(small, 'FS-182', run), { mounts: { docs: small } });
    const full = 'FS_NO_SPACE';
    expectOutcome(result, value({ replace: full, make: full, open: full, old: 'old content', names: 'old.txt' }));
    expect(readFileSync(join(small, 'old.txt'), 'utf8')).toBe('old content');
    expect(readdirSync(small).filter((name) => !['filler', 'old.txt', 'new.txt'].includes(name))).toEqual([]);
  });
});

describe('FS-183 a host that is killed between the content and the name', () => {
  it('leaves the old content; the next start takes away what it left', async () => {
    using playground = openPlayground();
    await using program = startHost('half-written', { args: [playground.inside] });
    expect(await program.next()).toEqual({ said: 'written' });
    program.child.kill('SIGKILL');
    await program.exited;
    expect(readFileSync(join(playground.inside, 'a.txt'), 'utf8')).toBe('inside');
    const left = readdirSync(playground.inside).filter((name) => !['a.txt', 'folder', 'new.txt'].includes(name));
    expect(left.length, 'it was killed in the middle').toBeGreaterThan(0);
    // From before this process, as it is for the host that is started next.
    for (const name of left) utimesSync(join(playground.inside, name), 0, 0);
    const run = `return [(await fs.readdir('/docs')).filter((name) => name !== 'new.txt').sort().join(), await fs.readFile('/docs/a.txt', 'utf8')];`;
    const result = await sandbox.run(attackOn(playground.inside, 'FS-183', run), {
      mounts: { docs: playground.inside },
    });
    expectOutcome(result, value(['a.txt,folder', 'inside']));
    expect(readdirSync(playground.inside).filter((name) => left.includes(name))).toEqual([]);
  });
});

describe('FS-194 two skills that write the same file', () => {
  it('leave one whole content after the other, never a mixture', async () => {
    using playground = openPlayground();
    const writer = (letter: string): Attack => ({
      ...attackOn(
        playground.inside,
        'FS-194',
        `const mixed = [];
        for (let turn = 0; turn < 40; turn += 1) {
          await fs.writeFile('/docs/shared', '${letter}'.repeat(200_000));
          const text = await fs.readFile('/docs/shared', 'utf8');
          if (text.length !== 200_000 || new Set(text).size !== 1) mixed.push(turn);
        }
        return mixed;`,
      ),
      skill: `writer-${letter}`,
    });
    const grant = { mounts: { docs: playground.inside } };
    const results = await Promise.all(['a', 'b'].map((letter) => sandbox.run(writer(letter), grant)));
    for (const result of results) expectOutcome(result, value([]));
    expect(new Set(readFileSync(join(playground.inside, 'shared'), 'utf8')).size).toBe(1);
  });
});
