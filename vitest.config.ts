import { defineConfig } from 'vitest/config';

const source = { conditions: ['carapace-source'] };

/** Tests import source through the `carapace-source` condition, so no stale build can be tested by accident. */
export default defineConfig({
  resolve: source,
  ssr: { resolve: source },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'examples/skills/*/test/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
