import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BenchRow } from '../harness/row.ts';

const run = promisify(execFile);
const BUILT = fileURLToPath(new URL('../../packages/runtime/dist/index.js', import.meta.url));
const PROGRAM = `const startedAt = performance.now();
await import('@carapace/runtime');
process.stdout.write(String(performance.now() - startedAt));`;

export const importCost: BenchRow = {
  id: 'import-cost',
  group: 'carapace',
  title: "`import '@carapace/runtime'` in a fresh Node process, without the start of Node itself",
  unit: 'ms',
  better: 'lower',
  bar: { p50: 60 },
  samples: { full: 40, quick: 6 },
  measure: async (count) => {
    const built = existsSync(BUILT);
    const flags = built ? [] : ['--conditions=carapace-source'];
    const samples: number[] = [];
    while (samples.length < count) {
      const { stdout } = await run(process.execPath, [...flags, '--input-type=module', '-e', PROGRAM], {
        cwd: import.meta.dirname,
      });
      samples.push(Number(stdout));
    }
    return { samples, note: built ? 'the built package' : 'no build found: TypeScript source, types stripped at load' };
  },
};
