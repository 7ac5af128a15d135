import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIMITS } from '@carapace/manifest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE } from './hostile-runtime.ts';
import { type Attack, grantOf, openSandbox, type Sandbox, skillOf } from './sandbox.ts';
import { callOptions } from './variant.ts';

const docs = mkdtempSync(join(tmpdir(), 'carapace-neighbours-'));
writeFileSync(join(docs, 'large.bin'), Buffer.alloc(8 * 2 ** 20, 'x'));

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ spares: 2, maxWorkers: 4 }, HOSTILE);
});
afterAll(async () => {
  await sandbox.expectUnharmed();
  await sandbox[Symbol.asyncDispose]();
  rmSync(docs, { recursive: true });
});

const MOST = {
  wallMs: 20_000,
  cpuMs: 20_000,
  logKiB: LIMITS.logKiB.ceiling,
  brokerCalls: LIMITS.brokerCalls.ceiling,
  fsReadMiB: LIMITS.fsReadMiB.ceiling,
  files: LIMITS.files.ceiling,
};

/** Traffic that no rule forbids, as dense as the ceilings allow. */
const TRAFFIC: readonly (readonly [title: string, module: string])[] = [
  ['the longest log lines', `for (const line = 'x'.repeat(16000); ;) log(line);`],
  [
    'the shortest log lines',
    `const many = Buffer.concat(Array.from({ length: 500 }, () => frame({ kind: 'log', level: 'info', text: '' }))); for (;;) raw(many);`,
  ],
  [
    'timers that are due at once',
    `for (let n = 1; ; n += 1) {
      send({ kind: 'request', id: n, op: { family: 'timer', method: 'sleep', delayMs: 0 } });
      if (n % 1000 === 0) for (let heard = 0; heard < 1000; heard += 1) hear('reply');
    }`,
  ],
  [
    'large files',
    `for (let n = 1; ; n += 1) { send({ kind: 'request', id: n, op: { family: 'fs', method: 'readFile', path: '/docs/large.bin' } }); while (hear('reply').head.more); }`,
  ],
];

describe('IP-153 beside a skill with the densest legal traffic', () => {
  it.each(TRAFFIC)(
    '%s: the deadlines of other skills are kept, in their order, and their calls served',
    async (_title, module) => {
      const flood: Attack = { id: 'IP-153', title: 'flood', module, docs, limits: MOST };
      const spin = (wallMs: number): Attack => ({
        id: 'IP-153',
        title: `spin ${wallMs}`,
        module: 'for (;;);',
        limits: { wallMs },
      });
      const order: string[] = [];
      let isFlooding = true;
      const run = async (attack: Attack): Promise<void> => {
        await using skill = await sandbox.runtime.load(skillOf(attack), grantOf(attack));
        const result = await skill.call('attack', {}, callOptions());
        order.push(`${attack.title} ${result.code}`);
      };
      const flooding = (async () => {
        while (isFlooding) await sandbox.run(flood);
      })();
      // A host that is held up for longer than the half second between two deadlines would find both spent at once.
      await Promise.all([run(spin(500)), run(spin(1_000))]);
      const next = await sandbox.run({ id: 'IP-153', title: 'next call', ...HOSTILE.addition, input: { a: 1, b: 2 } });
      isFlooding = false;
      await flooding;
      expect(next.structured).toEqual({ sum: 3 });
      expect(order).toEqual(['spin 500 ERR_CARAPACE_BUDGET_WALL', 'spin 1000 ERR_CARAPACE_BUDGET_WALL']);
    },
    60_000,
  );
});
