import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRuntime } from '@carapace/runtime';
import { benchSkill } from '../bench-skill.ts';
import { timeCall } from '../call-once.ts';
import type { BenchRow } from '../harness/row.ts';
import { withTempFolder } from '../harness/temp-folder.ts';

const MIB = 64;

const throughput = (took: number): number => (MIB * 1_000) / took;

export const nodeReadStream: BenchRow = {
  id: 'node-stream-64m',
  group: 'carapace',
  title: `fs.createReadStream alone reads a file of ${MIB} MiB`,
  unit: 'MiB/s',
  better: 'higher',
  samples: { full: 20, quick: 4 },
  measure: (count) =>
    withFile(async (_folder, file) => {
      const samples: number[] = [];
      for (let index = -2; index < count; index += 1) {
        const startedAt = performance.now();
        for await (const _piece of createReadStream(file));
        if (index >= 0) samples.push(throughput(performance.now() - startedAt));
      }
      return { samples };
    }),
};

export const fsStream: BenchRow = {
  id: 'fs-stream-64m',
  group: 'carapace',
  title: 'a skill streams the same file with createReadStream',
  unit: 'MiB/s',
  better: 'higher',
  ratios: [{ to: 'node-stream-64m', bar: 0.4 }],
  samples: { full: 20, quick: 4 },
  measure: (count) =>
    withFile(async (folder) => {
      await using runtime = await createRuntime({ isolation: 'session', spares: 1 });
      await using skill = await runtime.load(streamingSkill(folder), { permissions: 'declared' });
      const samples: number[] = [];
      for (let index = -2; index < count; index += 1) {
        const took = await timeCall(skill, {}, { session: 'bench' });
        if (index >= 0) samples.push(throughput(took));
      }
      return { samples };
    }),
};

async function withFile<Result>(use: (folder: string, file: string) => Promise<Result>): Promise<Result> {
  return await withTempFolder(async (folder) => {
    const file = join(folder, 'large.bin');
    await writeFile(file, Buffer.alloc(MIB * 2 ** 20, 'carapace '));
    return await use(folder, file);
  });
}

function streamingSkill(folder: string): ReturnType<typeof benchSkill> {
  return benchSkill({
    isolation: 'session',
    imports: "import { createReadStream } from 'node:fs';",
    run: `let bytes = 0;
      for await (const piece of createReadStream('/files/large.bin')) bytes += piece.length;
      if (bytes !== ${MIB * 2 ** 20}) throw new Error('read ' + bytes + ' bytes');
      return { bytes };`,
    permissions: { fs: [{ mount: 'files', path: folder, access: ['read'] }] },
    limits: { fsReadMiB: 1_024, brokerCalls: 10_000, memoryMiB: 256, wallMs: 60_000, cpuMs: 60_000 },
  });
}
