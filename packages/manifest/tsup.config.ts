import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', base: 'src/base.ts' },
  format: ['esm'],
  target: 'node24',
  platform: 'neutral',
  dts: true,
  sourcemap: true,
  removeNodeProtocol: false,
});
