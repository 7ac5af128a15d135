import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { traceWorker } from './trace-worker.ts';

const require = createRequire(import.meta.url);

function isolatedVmAddon(): string {
  const manifest = require.resolve('isolated-vm/package.json');
  const resolver: { path(folder: string): string } = createRequire(manifest)('node-gyp-build');
  return resolver.path(dirname(manifest));
}

const OPTIONS = {
  launcherPath: require.resolve('#launcher-bundle'),
  bundlePath: require.resolve('#worker-bundle'),
  addonPath: isolatedVmAddon(),
  skill: 'export default { tools: { greet: { run: () => 1 } } };',
  tool: 'greet',
  inputJson: '{}',
};

describe('traceWorker', () => {
  it('tells what happened from spawn to end, in order and on one clock', async () => {
    const moments = await traceWorker(OPTIONS);
    expect(moments.map(({ what }) => what)).toEqual([
      'spawning',
      'spawned',
      'jailed',
      'ready',
      'calling',
      'loaded',
      'result',
      'ended',
    ]);
    const times = moments.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  it('throws when the worker ends early', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'carapace-trace-'));
    try {
      const bundlePath = join(folder, 'broken.cjs');
      await writeFile(bundlePath, "throw new RangeError('broken');");
      await expect(traceWorker({ ...OPTIONS, bundlePath })).rejects.toThrow(
        'Cannot trace worker: it ended without a result',
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
