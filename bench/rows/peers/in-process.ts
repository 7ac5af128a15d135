import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { BenchRow } from '../../harness/row.ts';
import { runProgram } from '../../harness/run-program.ts';
import type { Walls } from '../../harness/walls.ts';
import { installPeer } from '../../peers/install-peer.ts';

const ENGINE_ONLY: Walls = {
  process: "the host's",
  systemCalls: 'none',
  files: 'runtime',
  network: 'runtime',
  limits: 'engine',
};

/** The copy that the runtime itself uses, so that the difference is what carapace adds to it. */
const RUNTIME_FOLDER = dirname(createRequire(import.meta.url).resolve('@carapace/runtime/package.json'));

function isolatedVm(mode: 'fresh' | 'warm', count: number): ReturnType<BenchRow['measure']> {
  const options = { folder: RUNTIME_FOLDER, mode, count };
  return runProgram({ program: 'peers/isolated-vm.mjs', flags: ['--no-node-snapshot'], options });
}

async function quickjs(mode: 'fresh' | 'warm', count: number): ReturnType<BenchRow['measure']> {
  const options = { folder: await installPeer('quickjs-emscripten'), mode, count };
  return runProgram({ program: 'peers/quickjs.mjs', options });
}

export const isolatedVmFresh: BenchRow = {
  id: 'isolated-vm-fresh',
  group: 'peers',
  title: "isolated-vm in the host's process: a new isolate and context for the call",
  unit: 'ms',
  better: 'lower',
  walls: ENGINE_ONLY,
  samples: { full: 500, quick: 50 },
  measure: (count) => isolatedVm('fresh', count),
};

export const isolatedVmWarm: BenchRow = {
  id: 'isolated-vm-warm',
  group: 'peers',
  title: "isolated-vm in the host's process: a function that is already there",
  unit: 'ms',
  better: 'lower',
  walls: ENGINE_ONLY,
  samples: { full: 5_000, quick: 1_000 },
  measure: (count) => isolatedVm('warm', count),
};

export const quickjsFresh: BenchRow = {
  id: 'quickjs-fresh',
  group: 'peers',
  needs: 'quickjs-emscripten',
  title: "QuickJS in WebAssembly in the host's process: a new runtime and context for the call",
  unit: 'ms',
  better: 'lower',
  walls: ENGINE_ONLY,
  samples: { full: 500, quick: 50 },
  measure: (count) => quickjs('fresh', count),
};

export const quickjsWarm: BenchRow = {
  id: 'quickjs-warm',
  group: 'peers',
  needs: 'quickjs-emscripten',
  title: "QuickJS in WebAssembly in the host's process: a function that is already there",
  unit: 'ms',
  better: 'lower',
  walls: ENGINE_ONLY,
  samples: { full: 5_000, quick: 1_000 },
  measure: (count) => quickjs('warm', count),
};
