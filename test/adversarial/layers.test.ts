import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestedLimits } from '@carapace/manifest';
import { type JailLayers, runSelfTestWithout } from '@carapace/runtime/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AttackCase, expectOutcome } from './attack-case.ts';
import { type Expected, error, value } from './expected.ts';
import { openSandbox, type Sandbox, skillOf } from './sandbox.ts';

/**
 * A defence whose removal nobody notices is untested. Each layer of the jail is left out, and the self-test must say which
 * attempts got through; each budget is raised, and the attack that it stopped must end in another way.
 */
const isRoot = process.getuid?.() === 0;

type Layer = keyof JailLayers;

/** What only the second filter stops. */
const SEALED = ['sealed-open', 'sealed-lookup', 'sealed-link', 'sealed-map', 'sealed-filter', 'sealed-exec'];

/** What gets through without the layers, whoever runs the host. */
const WITHOUT: readonly (readonly [without: readonly Layer[], through: readonly string[]])[] = [
  [[], []],
  [['seccomp'], ['socket', 'connect', 'udp', 'fork', 'executable-memory']],
  [['landlock'], ['open-outside', 'exec']],
  [['rlimits'], ['memory']],
  [['sealed'], SEALED],
  [
    ['seccomp', 'sealed'],
    ['socket', 'connect', 'udp', 'fork', 'executable-memory', ...SEALED.slice(0, -1), 'sealed-fork', 'sealed-exec'],
  ],
  [
    ['seccomp', 'landlock'],
    ['open-outside', 'write', 'socket', 'connect', 'udp', 'fork', 'executable-memory', 'exec'],
  ],
  [
    ['seccomp', 'rlimits'],
    ['socket', 'connect', 'udp', 'fork', 'memory', 'executable-memory'],
  ],
];

/** Other walls of the machine decide about these where the layer is missing: yama, io_uring_disabled, the user of the host. */
const UP_TO_THE_MACHINE = ['ptrace', 'signal', 'io-uring'];

describe('the self-test without a layer', () => {
  it.each(WITHOUT)('without %j reports %j', async (without, through) => {
    const { attempts, layers } = await runSelfTestWithout(...without);
    const succeeded = attempts.filter(({ outcome }) => outcome !== 'denied').map(({ name }) => name);
    expect(succeeded.filter((name) => !UP_TO_THE_MACHINE.includes(name))).toEqual(through);
    if (!without.includes('seccomp')) expect(succeeded).toEqual(through);
    expect(layers.map(({ layer }) => layer)).toEqual(
      ['namespaces', 'rlimits', 'identity', 'no-new-privileges', 'landlock', 'seccomp', 'sealed'].filter(
        (layer) => !without.some((left) => left === layer),
      ),
    );
  });

  it.runIf(isRoot)('without identity reports that a root host’s worker keeps its capabilities', async () => {
    const { attempts } = await runSelfTestWithout('identity');
    expect(attempts.filter(({ outcome }) => outcome !== 'denied').map(({ name }) => name)).toEqual(['privilege']);
  });

  it.runIf(!isRoot)('without identity reports nothing for a host that has no privilege to lose', async () => {
    const { attempts } = await runSelfTestWithout('identity');
    expect(attempts.filter(({ outcome }) => outcome !== 'denied')).toEqual([]);
  });

  it('names, for each attempt that got through, only layers that were missing', async () => {
    const missing: readonly Layer[] = ['seccomp', 'landlock', 'rlimits'];
    const { attempts } = await runSelfTestWithout(...missing);
    const through = attempts.filter(({ outcome }) => outcome !== 'denied');
    expect(through.length).toBeGreaterThan(0);
    for (const { stoppedBy } of through) expect(missing).toEqual(expect.arrayContaining([...stoppedBy]));
  });
});

const docs = mkdtempSync(join(tmpdir(), 'carapace-layers-'));
writeFileSync(join(docs, 'large.bin'), Buffer.alloc(2 * 2 ** 20, 'x'));
writeFileSync(join(docs, 'small.txt'), 'text');

interface BudgetCase {
  readonly budget: string;
  readonly attack: Pick<AttackCase, 'run' | 'module' | 'docs'>;
  readonly tight: RequestedLimits;
  readonly stopped: Expected;
  /** The same attack with this one limit raised. */
  readonly raised: RequestedLimits;
  readonly otherwise: Expected;
}

const FAR = { wallMs: 60_000, cpuMs: 60_000 };
const withFs = (body: string): string =>
  `import fs from 'node:fs/promises';\nexport default { tools: { attack: { async run() { ${body} } } } };`;

const BUDGETS: readonly BudgetCase[] = [
  {
    budget: 'wallMs',
    attack: { run: 'await new Promise((r) => setTimeout(r, 600)); return "back";' },
    tight: { ...FAR, wallMs: 300 },
    stopped: error('ERR_CARAPACE_BUDGET_WALL'),
    raised: FAR,
    otherwise: value('back'),
  },
  {
    budget: 'cpuMs',
    attack: { run: 'for (;;);' },
    tight: { wallMs: 6_000, cpuMs: 200 },
    stopped: error('ERR_CARAPACE_BUDGET_CPU'),
    raised: { wallMs: 1_000, cpuMs: 60_000 },
    otherwise: error('ERR_CARAPACE_BUDGET_WALL'),
  },
  {
    // Some 35 MiB: far less than the sampled size may grow by, so only the limit of the heap can stop it.
    budget: 'memoryMiB, as the limit of the heap,',
    attack: { run: 'const a = []; for (let i = 0; i < 6e5; i++) a.push({ i }); return a.length;' },
    tight: { ...FAR, memoryMiB: 8 },
    stopped: error('ERR_CARAPACE_BUDGET_MEMORY'),
    raised: { ...FAR, memoryMiB: 64 },
    otherwise: value(6e5),
  },
  {
    // A resizable buffer is not on the heap and is not counted by the engine: only the sampled size can stop it.
    budget: 'memoryMiB, as the size of the process,',
    attack: {
      run: 'const b = new ArrayBuffer(0, { maxByteLength: 2 ** 27 }); b.resize(2 ** 27); new Uint8Array(b).fill(1); await new Promise((r) => setTimeout(r, 500)); return b.byteLength;',
    },
    tight: { ...FAR, memoryMiB: 16 },
    stopped: error('ERR_CARAPACE_BUDGET_MEMORY'),
    raised: { ...FAR, memoryMiB: 256 },
    otherwise: value(2 ** 27),
  },
  {
    budget: 'outputKiB',
    attack: { run: 'return "x".repeat(1023);' },
    tight: { ...FAR, outputKiB: 1 },
    stopped: error('ERR_CARAPACE_BUDGET_OUTPUT'),
    raised: { ...FAR, outputKiB: 2 },
    otherwise: value('x'.repeat(1023)),
  },
  {
    budget: 'logKiB',
    attack: { run: 'for (let i = 0; i < 100; i++) console.log("x".repeat(100)); return "done";' },
    tight: { ...FAR, logKiB: 8 },
    stopped: error('ERR_CARAPACE_BUDGET_LOGS'),
    raised: { ...FAR, logKiB: 16 },
    otherwise: value('done'),
  },
  {
    budget: 'brokerCalls',
    attack: { run: 'for (let i = 0; i < 20; i++) await new Promise((r) => setTimeout(r, 0)); return "done";' },
    tight: { ...FAR, brokerCalls: 19 },
    stopped: error('ERR_CARAPACE_BUDGET_BROKER_CALLS'),
    raised: { ...FAR, brokerCalls: 20 },
    otherwise: value('done'),
  },
  {
    budget: 'fsReadMiB',
    attack: { module: withFs("return (await fs.readFile('/docs/large.bin')).length;"), docs },
    tight: { ...FAR, fsReadMiB: 1 },
    stopped: error('ERR_CARAPACE_BUDGET_FS_READ'),
    raised: { ...FAR, fsReadMiB: 2 },
    otherwise: value(2 * 2 ** 20),
  },
  {
    budget: 'files',
    attack: {
      module: withFs("for (let i = 0; i < 5; i++) await fs.readFile('/docs/small.txt'); return 'read';"),
      docs,
    },
    tight: { ...FAR, files: 4 },
    stopped: error('ERR_CARAPACE_BUDGET_FILES'),
    raised: { ...FAR, files: 5 },
    otherwise: value('read'),
  },
];

describe('a budget', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox();
  });
  afterAll(async () => {
    await sandbox.expectUnharmed();
    await sandbox[Symbol.asyncDispose]();
    rmSync(docs, { recursive: true });
  });

  it.each(BUDGETS)('$budget is what stops its attack: raised, the same attack ends otherwise', async (row) => {
    const { budget, attack, tight, stopped, raised, otherwise } = row;
    const attempt = (limits: RequestedLimits): AttackCase => ({
      id: 'RS-056',
      title: budget,
      ...attack,
      limits,
      expect: stopped,
    });
    expectOutcome(await sandbox.run(attempt(tight)), stopped);
    expectOutcome(await sandbox.run(attempt(raised)), otherwise);
  });

  it.each([
    ['concurrency', { concurrency: 1 }, [undefined, 'ERR_CARAPACE_BUDGET_CONCURRENCY'], { concurrency: 2 }],
    ['callsPerMinute', { callsPerMinute: 1 }, [undefined, 'ERR_CARAPACE_BUDGET_RATE'], { callsPerMinute: 2 }],
  ] as const)('%s is what refuses a second call: raised, it is served', async (_budget, tight, refused, raised) => {
    const codes = async (limits: RequestedLimits): Promise<readonly unknown[]> => {
      await using skill = await sandbox.runtime.load(skillOf({ id: 'RS-086', title: 'two', run: 'return 1;', limits }));
      const results = await Promise.all([skill.call('attack', {}), skill.call('attack', {})]);
      return results.map(({ code }) => code);
    };
    expect(await codes(tight)).toEqual(refused);
    expect(await codes(raised)).toEqual([undefined, undefined]);
  });
});
