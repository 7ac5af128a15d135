import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeProgram, RETURN_ALLOW, returnAction } from './bpf.ts';
import { sealObject } from './seal-object.ts';

const FIXTURE = join(import.meta.dirname, 'fixtures', 'load-seal.ts');
const PROGRAM = [returnAction(RETURN_ALLOW)];

/** What an assembler makes of the mnemonics in the source, for a program of one instruction. */
const CODE = {
  x64: [
    '4883ec18 488d053d000000 4889442408 48c7042401000000 bf01000000 be01000000 4889e2 b83d010000',
    '0f05 4885c0 7505 4883c418 c3 bf01000000 b8e7000000 0f05 0f0b 00000000',
  ],
  arm64: [
    'ff4300d1 29020010 e90700f9 290080d2 e90300f9 200080d2 210080d2 e2030091 a82280d2 010000d4',
    '600000b5 ff430091 c0035fd6 200080d2 c80b80d2 010000d4 000020d4 00000000',
  ],
} as const;

describe.each(['x64', 'arm64'] as const)('sealObject for %s', (architecture) => {
  const object = sealObject(PROGRAM, architecture);

  it('holds the initialiser, and directly behind it the program', () => {
    const code = Buffer.from(CODE[architecture].join('').replaceAll(' ', ''), 'hex');
    const at = object.indexOf(code);
    expect(at).toBeGreaterThan(0);
    expect(at % 8).toBe(0);
    expect(object.subarray(at + code.length, at + code.length + 8)).toEqual(encodeProgram(PROGRAM));
  });

  it('has no segment that is writable and executable, and asks for no executable stack', () => {
    const flags = Array.from({ length: object.readUInt16LE(56) }, (_, index) =>
      object.readUInt32LE(64 + index * 56 + 4),
    );
    expect(flags).toEqual([5, 6, 6, 6]);
  });
});

describe('a seal that is loaded', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'carapace-seal-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function load(kind: 'whole' | 'refused'): ChildProcess {
    const args = ['--conditions=carapace-source', FIXTURE, join(folder, `${kind}.node`), kind];
    return spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], env: {} });
  }

  it('stands on every thread, and is not mapped any more', async () => {
    const child = load('whole');
    try {
      const lines: string[] = [];
      if (child.stdout === null) throw new TypeError('the child has no output');
      for await (const line of createInterface({ input: child.stdout })) {
        lines.push(line);
        if (lines.length === 2) break;
      }
      // Node takes what it loaded for a broken add-on and unloads it again; the filter stays.
      expect(lines).toEqual(['ERR_DLOPEN_FAILED', 'EPERM']);
      const proc = `/proc/${child.pid}`;
      const own = filtersOf('/proc/self/status');
      const threads = readdirSync(`${proc}/task`);
      expect(threads.length).toBeGreaterThan(1);
      for (const thread of threads) expect(filtersOf(`${proc}/task/${thread}/status`)).toBe(own + 1);
      expect(readFileSync(`${proc}/maps`, 'utf8')).not.toContain(folder);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('ends the process when the kernel refuses the program: nothing runs on without it', async () => {
    const child = load('refused');
    const [code, signal] = await once(child, 'exit');
    expect({ code, signal, said: child.stdout?.read() ?? null }).toEqual({ code: 1, signal: null, said: null });
  });
});

function filtersOf(path: string): number {
  return Number(/^Seccomp_filters:\s+(\d+)$/m.exec(readFileSync(path, 'utf8'))?.[1]);
}
