import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRuntime } from '@carapace/runtime';
import { benchSkill } from '../bench-skill.ts';
import { timeCall } from '../call-once.ts';
import type { BenchRow } from '../harness/row.ts';
import { withTempFolder } from '../harness/temp-folder.ts';
import { untilSparesReady } from '../spare-ready.ts';

const READS = 500;

export const fsRead: BenchRow = {
  id: 'fs-read-4k',
  group: 'carapace',
  title: `a skill reads a file of 4 KiB through the broker: (call with ${READS} reads − call with none) ÷ ${READS}`,
  unit: 'µs',
  better: 'lower',
  ratios: [{ to: 'bare-pipe', bar: 5 }],
  samples: { full: 20, quick: 4 },
  measure: (count) =>
    withTempFolder(async (folder) => {
      await writeFile(join(folder, 'page.txt'), 'x'.repeat(4_096));
      return { samples: await timeReads(folder, count) };
    }),
};

async function timeReads(folder: string, count: number): Promise<readonly number[]> {
  await using runtime = await createRuntime({ spares: 1 });
  await using skill = await runtime.load(readingSkill(folder), { permissions: 'declared' });
  const timeReadsOf = async (reads: number): Promise<number> => {
    await untilSparesReady(runtime, 1);
    return timeCall(skill, { reads });
  };
  const samples: number[] = [];
  while (samples.length < count) {
    const none = await timeReadsOf(0);
    samples.push((((await timeReadsOf(READS)) - none) * 1_000) / READS);
  }
  return samples;
}

function readingSkill(folder: string): ReturnType<typeof benchSkill> {
  return benchSkill({
    imports: "import { readFile } from 'node:fs/promises';",
    run: `let bytes = 0;
      for (let index = 0; index < input.reads; index += 1) bytes += (await readFile('/pages/page.txt')).length;
      if (bytes !== input.reads * 4096) throw new Error('read ' + bytes + ' bytes');
      return { bytes };`,
    permissions: { fs: [{ mount: 'pages', path: folder, access: ['read'] }] },
    limits: { brokerCalls: READS + 10, files: READS + 10, fsReadMiB: 16 },
  });
}
