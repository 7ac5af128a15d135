import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/skill.ts'],
  format: 'esm',
  target: 'node24',
  dts: true,
  sourcemap: true,
  clean: true,
  // Built-ins keep their `node:` prefix, or boundary rules would miss them.
  removeNodeProtocol: false,
});
