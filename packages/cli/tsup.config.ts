import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { skill: 'src/skill.ts' },
  format: ['esm'],
  target: 'node24',
  platform: 'neutral',
  dts: true,
  sourcemap: true,
  // Built-ins keep their `node:` prefix, or boundary rules would miss them.
  removeNodeProtocol: false,
});
