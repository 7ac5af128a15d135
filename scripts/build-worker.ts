import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

const runtime = fileURLToPath(new URL('../packages/runtime/', import.meta.url));

const shared: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  conditions: ['carapace-source'],
  legalComments: 'none',
  logLevel: 'warning',
};

/**
 * Builds the three programs that run in processes of their own. Worker and probe are classic scripts: the jail has no
 * module resolution, they are read from a descriptor. Tests need them too, so this runs before the tests.
 */
export async function buildWorker(): Promise<void> {
  await Promise.all([
    build({
      ...shared,
      entryPoints: [`${runtime}src/jail/launcher.ts`],
      outfile: `${runtime}dist/launcher.js`,
      format: 'esm',
      alias: { koffi: `${runtime}src/jail/koffi-addon.ts` },
    }),
    build({
      ...shared,
      entryPoints: [`${runtime}src/jail/self-test/probe.ts`],
      outfile: `${runtime}dist/probe.cjs`,
      format: 'cjs',
    }),
    build({
      ...shared,
      entryPoints: [`${runtime}src/worker/main.ts`],
      outfile: `${runtime}dist/worker.cjs`,
      format: 'cjs',
      alias: { 'isolated-vm': `${runtime}src/worker/native-addon.ts` },
    }),
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildWorker();
  const bytes = ['launcher.js', 'worker.cjs', 'probe.cjs'].map(
    (name) => `${name} ${Math.round(readFileSync(`${runtime}dist/${name}`).length / 1024)} kB`,
  );
  process.stderr.write(`built ${bytes.join(', ')}\n`);
}
