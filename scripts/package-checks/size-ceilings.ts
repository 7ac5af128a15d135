import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../run-tool.ts';

/** KiB on disk, uncompressed. Raised in the commit that needs it, with the reason in its message. */
const CEILINGS: ReadonlyMap<string, number> = new Map([
  ['packages/manifest/dist/index.js', 280],
  ['packages/runtime/dist/index.js', 190],
  // Read, compiled and kept by every worker: its size is boot time and memory of every call.
  ['packages/runtime/dist/worker.cjs', 300],
  ['packages/runtime/dist/launcher.js', 48],
  ['packages/runtime/dist/probe.cjs', 16],
  ['packages/cli/dist/skill.js', 2],
  ['examples/skills/text-stats/dist/skill.js', 16],
]);

/** One line per file that is larger than agreed, or not there. */
export async function sizeFaults(): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const [path, ceiling] of CEILINGS) {
    const { size } = await stat(join(ROOT, path)).catch(() => ({ size: undefined }));
    const kibibytes = size === undefined ? undefined : Math.ceil(size / 1024);
    if (kibibytes === undefined) faults.push(`Cannot measure "${path}": it was not built`);
    else if (kibibytes > ceiling)
      faults.push(`Cannot accept "${path}": ${kibibytes} KiB, the ceiling is ${ceiling} KiB`);
  }
  return faults;
}
