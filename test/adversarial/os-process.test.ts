import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRuntime, type Runtime } from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childrenOf, startHost } from './host-program.ts';
import { IN_NAMESPACES, outcomesOf, runProgram } from './jailed.ts';
import { childProcesses, skillOf } from './sandbox.ts';

const ENOMEM = 12;
const EMFILE = 24;
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

let runtime: Runtime;
beforeAll(async () => {
  // Without namespaces: what is measured is the worker itself, not bubblewrap in front of it.
  runtime = await createRuntime({ spares: 1, maxWorkers: 2, namespaces: 'off' });
});
afterAll(() => runtime.close());

/** The idle spare: a worker as every skill gets it. */
function worker(): number {
  const [pid] = childProcesses();
  if (pid === undefined) throw new Error('no worker is alive');
  return pid;
}

function procText(name: string): string {
  return readFileSync(`/proc/${worker()}/${name}`, 'utf8');
}

function status(field: string): string | undefined {
  return new RegExp(`^${field}:[ \\t]*(.*)$`, 'm').exec(procText('status'))?.[1]?.trim();
}

function limit(name: string): string | undefined {
  return new RegExp(`^${name}\\s+(\\S+)\\s+(\\S+)`, 'm').exec(procText('limits'))?.slice(1, 3).join(' ');
}

describe('a worker as the kernel describes it to the host', () => {
  it.each(['CapInh', 'CapPrm', 'CapEff', 'CapAmb'])('OS-131 has no capability in %s', (set) => {
    expect(status(set)).toBe('0000000000000000');
  });

  it.runIf(isRoot)('OS-131 is nobody with no group, and can gain nothing back, when the host is root', () => {
    const id = String(NOBODY);
    expect(status('Uid')?.split('\t')).toEqual([id, id, id, id]);
    expect(status('Gid')?.split('\t')).toEqual([id, id, id, id]);
    expect(status('Groups')).toBe('');
    expect(status('CapBnd')).toBe('0000000000000000');
  });

  it.runIf(!isRoot)('OS-131 is the host’s own user when the host is not root', () => {
    const id = String(process.getuid?.());
    expect(status('Uid')?.split('\t')).toEqual([id, id, id, id]);
  });

  it('OS-131 has no_new_privs and exactly two filters of its own on every thread', () => {
    const own = Number(/^Seccomp_filters:\s+(\d+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0);
    for (const thread of readdirSync(`/proc/${worker()}/task`)) {
      const text = procText(`task/${thread}/status`);
      expect(/^NoNewPrivs:\s+1$/m.test(text)).toBe(true);
      expect(/^Seccomp:\s+2$/m.test(text)).toBe(true);
      expect(Number(/^Seccomp_filters:\s+(\d+)$/m.exec(text)?.[1])).toBe(own + 2);
    }
  });

  it('OS-123 leads a session of its own, without a terminal', () => {
    const stat = procText('stat');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [, , group, session, terminal] = fields.map(Number);
    expect({ group, session, terminal }).toEqual({ group: worker(), session: worker(), terminal: 0 });
  });

  it('OS-108 has an empty environment', () => {
    expect(procText('environ')).toBe('');
  });

  it.each([
    ['Max core file size', '0 0'],
    ['Max file size', '0 0'],
    ['Max open files', '64 64'],
    ['Max locked memory', '0 0'],
    ['Max msgqueue size', '0 0'],
    ['Max address space', '1600000000 1600000000'],
    ['Max cpu time', '125 126'],
  ])('OS-132 is limited: %s %s', (name, values) => {
    expect(limit(name)).toBe(values);
  });

  it('OS-120 has no memory that is writable and executable, and no executable memory but files', () => {
    const mappings = procText('maps')
      .split('\n')
      .filter((line) => /^\S+ ..x/.test(line));
    expect(mappings.filter((line) => /^\S+ .wx/.test(line))).toEqual([]);
    expect(mappings.filter((line) => !/ \/|\[vdso\]|\[vsyscall\]/.test(line))).toEqual([]);
  });
});

describe('OS-125 descriptors of a worker', () => {
  it('are the documented six, and behind them only what its own Node made', () => {
    const pid = worker();
    const targets = readdirSync(`/proc/${pid}/fd`)
      .map(Number)
      .toSorted((one, other) => one - other)
      .map((fd) => [fd, readlinkSync(`/proc/${pid}/fd/${fd}`)] as const);
    expect(targets.slice(0, 6).map(([fd]) => fd)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(targets.slice(0, 6).map(([, target]) => target.replace(/:\[\d+\]$/, '').replace(/^.*\//, ''))).toEqual([
      'null',
      'null',
      'socket',
      'socket',
      'worker.cjs',
      expect.stringMatching(/\.node$/),
    ]);
    for (const [, target] of targets.slice(6)) expect(target).toMatch(/^(anon_inode:\[event(fd|poll)\]|pipe:\[\d+\])$/);
  });

  it('are the same when the program itself looks at 0 to 1023', async () => {
    const { frames } = await runProgram('descriptors');
    const inherited = frames.filter(
      (frame) => JSON.stringify(frame).includes('/') || JSON.stringify(frame).includes('socket'),
    );
    expect(inherited).toEqual([
      { fd: 0, target: '/dev/null' },
      { fd: 1, target: '/dev/null' },
      { fd: 2, target: expect.stringMatching(/^socket:/) },
      { fd: 3, target: expect.stringMatching(/^socket:/) },
      { fd: 4, target: expect.stringMatching(/descriptors\.js$/) },
      { fd: 5, target: expect.stringMatching(/koffi\.node$/) },
      // The worker closes the second filter when it has put it on itself, before it is ready.
      { fd: 6, target: '/memfd:carapace-seal (deleted)' },
    ]);
  });

  it('do not include one that the host forgot to mark close-on-exec', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'carapace-leak-'));
    const leaked = join(folder, 'leaked');
    writeFileSync(leaked, 'canary');
    try {
      await using host = startHost('leaky', { args: [leaked] });
      expect(await host.next()).toEqual({ fd: expect.any(Number), alive: 1 });
      const targets = (pid: number): readonly string[] =>
        readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
      const workers = childrenOf(host.pid);
      expect(workers).toHaveLength(1);
      expect(targets(host.pid)).toContain(leaked);
      for (const pid of workers) expect(targets(pid)).not.toContain(leaked);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('cannot be multiplied beyond the limit', async () => {
    const { frames } = await runProgram('open-descriptors');
    expect(frames).toEqual([{ opened: expect.any(Number), errno: EMFILE }]);
  });
});

describe('OS-126 SIGUSR1', () => {
  it.each([1, 3])('sent %i times to a worker opens no inspector; the next call works', async (times) => {
    const pid = worker();
    const listening = listeningSockets();
    for (let sent = 0; sent < times; sent += 1) process.kill(pid, 'SIGUSR1');
    await using skill = await runtime.load(skillOf({ id: 'OS-126', title: 'next call', run: 'return input.a;' }));
    const result = await skill.call('attack', { a: 7 });
    expect(result.structured).toBe(7);
    expect(listeningSockets()).toEqual(listening);
  });
});

/** Local addresses on which something listens, from the kernel's table of this network namespace. */
function listeningSockets(): readonly string[] {
  const LISTEN = '0A';
  return ['tcp', 'tcp6']
    .flatMap((table) => readFileSync(`/proc/net/${table}`, 'utf8').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => state === LISTEN)
    .map(([, address]) => address ?? '')
    .toSorted();
}

describe('OS-132 a crash', () => {
  it.each([
    ['of V8', 'crash', 'SIGABRT'],
    ['by the filter', 'system-calls', 'SIGSYS'],
  ])('%s ends by its signal and leaves no core file', async (_name, program, signal) => {
    const before = coreFiles();
    const { exit } = await runProgram(program, [{ name: 'reboot', number: 169, args: [] }]);
    expect(exit).toEqual({ code: null, signal });
    expect(coreFiles()).toEqual(before);
  });
});

function coreFiles(): readonly string[] {
  return readdirSync('.').filter((name) => /^core(\.\d+)?$/.test(name));
}

describe('OS-120 the 32-bit entry of the kernel', () => {
  const GETPID_BY_INT_80 = [0xb8, 20, 0, 0, 0, 0xcd, 0x80, 0xc3];
  const EXIT_BY_INT_80 = [0x31, 0xdb, 0xb8, 1, 0, 0, 0, 0xcd, 0x80];
  const RETURN = [0xc3];

  it.each([
    ['getpid', GETPID_BY_INT_80],
    ['exit', EXIT_BY_INT_80],
  ])('%s kills a worker that may execute what it wrote', async (_name, code) => {
    const { frames, exit } = await runProgram('machine-code', { code }, { jit: true });
    expect(frames).toEqual([{ mapped: true, errno: 0 }]);
    expect(exit).toEqual({ code: null, signal: 'SIGSYS' });
  });

  it('is what killed it: the same program with a mere return survives', async () => {
    const { frames } = await runProgram('machine-code', { code: RETURN }, { jit: true });
    expect(frames).toEqual([{ mapped: true, errno: 0 }, { survived: true }]);
  });

  it('is out of reach without a compiler: there is no memory to put the code', async () => {
    const { frames } = await runProgram('machine-code', { code: GETPID_BY_INT_80 });
    expect(frames).toEqual([{ mapped: false, errno: 1 }]);
  });
});

describe('kernel limits behind the host’s budgets', () => {
  it.each([
    ['jitless', false, 1600],
    ['jit', true, 6000],
  ])('OS-110 maps no more than the address space of the profile, %s', async (_name, jit, megabytes) => {
    const { frames } = await runProgram('grow', { upTo: 16 * 2 ** 30 }, { jit });
    expect(frames).toEqual([{ mapped: expect.toSatisfy((bytes) => bytes < megabytes * 1e6), errno: ENOMEM }]);
  });

  it('OS-132 ends a spin by SIGXCPU, and by SIGKILL a second later where that is ignored', async () => {
    const plain = await runProgram('spin', null, { cpuSeconds: 1 });
    expect(plain).toMatchObject({ exit: { code: null, signal: 'SIGXCPU' }, killedByHost: false });
    const ignored = await runProgram('ignore-processor-limit', null, { cpuSeconds: 1 });
    expect(ignored).toMatchObject({ exit: { code: null, signal: 'SIGKILL' }, killedByHost: false });
  });
});

describe('the walls through Node’s own modules', () => {
  it('OS-108 OS-110 OS-112 OS-113 OS-114 OS-115 let nothing by but threads', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'carapace-walls-'));
    mkdirSync(join(folder, 'writable'), { mode: 0o777 });
    const secretFile = join(folder, 'secret');
    writeFileSync(secretFile, 'canary');
    const tcp = createServer().listen(0, '127.0.0.1');
    const abstractPath = `\0carapace-test-${process.pid}`;
    const unix = createServer().listen(abstractPath);
    const udp = createSocket('udp4').bind(0, '127.0.0.1');
    const reached: string[] = [];
    tcp.on('connection', () => reached.push('tcp'));
    unix.on('connection', () => reached.push('unix'));
    udp.on('message', () => reached.push('udp'));
    await Promise.all([tcp, unix, udp].map((server) => once(server, 'listening')));
    try {
      const address = tcp.address();
      const run = await runProgram('node-modules', {
        home: homedir(),
        folder: join(folder, 'writable'),
        secretFile,
        abstractPath,
        tcpPort: typeof address === 'object' ? address?.port : undefined,
        udpPort: udp.address().port,
      });
      const refused: unknown = IN_NAMESPACES ? expect.stringMatching(/^(EACCES|ENOENT)$/) : 'EACCES';
      expect(outcomesOf(run)).toEqual({
        'read /etc/passwd': refused,
        'read /proc/self/environ': refused,
        'list the home directory': refused,
        'read the host’s file': refused,
        'read through a descriptor link': refused,
        'write a file': 'EPERM',
        'append to the host’s file': 'EPERM',
        'write the bundle': 'EBADF',
        'remove the host’s file': 'EPERM',
        'create a folder': 'EPERM',
        spawn: 'EPERM',
        environment: 'empty',
        'signal the host': 'EPERM',
        'become root': 'EPERM',
        tcp: 'EPERM',
        'abstract socket': 'EPERM',
        udp: 'EPERM',
        dns: 'EAI_AGAIN',
        inspector: 'no address',
        thread: 'ok',
      });
      expect(reached).toEqual([]);
      expect(readFileSync(secretFile, 'utf8')).toBe('canary');
    } finally {
      for (const server of [tcp, unix, udp]) server.close();
      rmSync(folder, { recursive: true });
    }
  });
});
