import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BenchRow } from '../harness/row.ts';

const run = promisify(execFile);
const RUNTIME = fileURLToPath(new URL('../../packages/runtime', import.meta.url));
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
    const build = describeBuild();
    const flags = build === undefined ? ['--conditions=carapace-source'] : [];
    const samples: number[] = [];
    while (samples.length < count) {
      const { stdout } = await run(process.execPath, [...flags, '--input-type=module', '-e', PROGRAM], {
        cwd: import.meta.dirname,
      });
      samples.push(Number(stdout));
    }
    return { samples, note: build ?? 'no build found: TypeScript source, types stripped at load' };
  },
};

/** Undefined when there is none. A build of yesterday's source tells nothing about today's. */
function describeBuild(): string | undefined {
  const builtAt = modifiedAt(join(RUNTIME, 'dist/index.js'));
  if (builtAt === undefined) return undefined;
  const source = join(RUNTIME, 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const isOlder = files.some((file) => (modifiedAt(join(source, file)) ?? 0) > builtAt);
  return isOlder ? 'the built package, which is OLDER than its source: run `npm run build`' : 'the built package';
}

function modifiedAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
