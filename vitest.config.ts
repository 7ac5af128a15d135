import { defineConfig } from 'vitest/config';

const source = { conditions: ['carapace-source'] };

/** Tests import source through the `carapace-source` condition, so no stale build can be tested by accident. */
export default defineConfig({
  resolve: source,
  ssr: { resolve: source },
  test: {
    globalSetup: ['scripts/check-node.mjs'],
    // Processes and not threads: the tests start workers, change signals and read their own descriptors.
    pool: 'forks',
    maxWorkers: 2,
    include: [
      'packages/*/src/**/*.test.ts',
      'examples/skills/*/test/**/*.test.ts',
      'test/**/*.test.ts',
      'scripts/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    // isolated-vm needs the first; the guest platform uses V8's base64, which Node 24 has behind the second.
    execArgv: ['--no-node-snapshot', '--js-base-64'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
