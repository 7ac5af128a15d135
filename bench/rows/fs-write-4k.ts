import { createRuntime } from '@carapace/runtime';
import { benchSkill } from '../bench-skill.ts';
import { timeCall } from '../call-once.ts';
import type { BenchRow } from '../harness/row.ts';
import { withTempFolder } from '../harness/temp-folder.ts';

const WRITES = 100;

export const fsWrite: BenchRow = {
  id: 'fs-write-4k',
  group: 'carapace',
  title: `a skill replaces a file by 4 KiB through the broker: (call with ${WRITES} writes − call with none) ÷ ${WRITES}`,
  unit: 'µs',
  better: 'lower',
  ratios: [{ to: 'fs-read-4k' }],
  samples: { full: 20, quick: 4 },
  measure: (count) =>
    withTempFolder(async (folder) => {
      await using runtime = await createRuntime({
        isolation: 'session',
        spares: 1,
        approve: () => Promise.resolve(true),
      });
      await using skill = await runtime.load(writingSkill(folder), { permissions: 'declared' });
      const samples: number[] = [];
      for (let index = -2; index < count; index += 1) {
        const none = await timeCall(skill, { reads: 0 }, { session: 'bench' });
        const took = await timeCall(skill, { reads: WRITES }, { session: 'bench' });
        if (index >= 0) samples.push(((took - none) * 1_000) / WRITES);
      }
      return { samples };
    }),
};

function writingSkill(folder: string): ReturnType<typeof benchSkill> {
  return benchSkill({
    isolation: 'session',
    writes: true,
    imports: "import { writeFile } from 'node:fs/promises';",
    run: `const text = 'x'.repeat(4096);
      for (let index = 0; index < input.reads; index += 1) await writeFile('/pages/page.txt', text);
      return null;`,
    permissions: { fs: [{ mount: 'pages', path: folder, access: ['write', 'create'] }] },
    limits: { brokerCalls: WRITES + 10, files: 2 * WRITES + 10, fsWriteMiB: 64 },
  });
}
