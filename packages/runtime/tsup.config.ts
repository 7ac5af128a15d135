import { defineConfig } from 'tsup';

/** The three programs that run in processes of their own are built by scripts/build-worker.ts into the same folder. */
export default defineConfig({
  entry: { index: 'src/index.ts', testing: 'src/testing/index.ts' },
  format: ['esm'],
  target: 'node24',
  platform: 'node',
  dts: true,
  sourcemap: true,
  removeNodeProtocol: false,
  external: [/^@carapace\/manifest(\/|$)/],
});
