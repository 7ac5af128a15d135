/**
 * Builds everything that is published, in an order in which nothing is built from something stale:
 * generated files (checked, not written) → programs of their own processes → packages → example skills.
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSkill, findSkills } from './build-skills.ts';
import { buildWorker } from './build-worker.ts';
import { generate } from './generate.ts';
import { mustRun, ROOT } from './run-tool.ts';

/** Every package after those it imports. */
const PACKAGES = ['manifest', 'runtime', 'cli'];

/** Built by build-worker.ts, and in use by whoever runs a skill from source meanwhile: replaced, never missing. */
const PROGRAMS = new Set(['launcher.js', 'worker.cjs', 'probe.cjs']);

async function buildPackage(name: string): Promise<void> {
  const folder = join(ROOT, 'packages', name);
  await removeStale(join(folder, 'dist'));
  await mustRun('tsup', ['--silent'], { cwd: folder, output: 'show' });
}

/** tsup's own `clean` would take the programs with it. */
async function removeStale(dist: string): Promise<void> {
  const names = await readdir(dist).catch(() => []);
  await Promise.all(
    names.filter((name) => !PROGRAMS.has(name)).map((name) => rm(join(dist, name), { recursive: true })),
  );
}

async function buildSkills(): Promise<void> {
  for (const skill of await findSkills()) await buildSkill(skill);
}

const steps: readonly (readonly [name: string, run: () => Promise<void>])[] = [
  ['generated files', () => generate('check')],
  ['worker programs', buildWorker],
  ...PACKAGES.map((name) => [`packages/${name}`, () => buildPackage(name)] as const),
  ['skills', buildSkills],
];

for (const [name, run] of steps) {
  const start = performance.now();
  await run();
  process.stdout.write(`built ${name.padEnd(20)} ${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s\n`);
}
