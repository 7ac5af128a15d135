import { fileURLToPath } from 'node:url';
import type { BenchRow } from '../../harness/row.ts';
import { withTempFolder } from '../../harness/temp-folder.ts';
import { installPeer } from '../../peers/install-peer.ts';
import { peerBinary } from '../../peers/peer-binary.ts';
import { timeProcesses } from './hello-process.ts';

const PROGRAM = fileURLToPath(new URL('../../programs/hello-deno.mjs', import.meta.url));
const FLAGS = ['run', '--no-config', '--no-lock', '--no-remote', '--no-npm', '--no-prompt', '--cached-only'];

export const denoChild: BenchRow = {
  id: 'deno-child',
  group: 'peers',
  needs: 'deno',
  title: 'a Deno process without any permission, started for the call',
  unit: 'ms',
  better: 'lower',
  walls: { process: 'fresh per call', systemCalls: 'none', files: 'runtime', network: 'runtime', limits: 'none' },
  samples: { full: 100, quick: 15 },
  measure: async (count) => {
    const command = peerBinary('deno', await installPeer('deno'));
    return withTempFolder((cache) =>
      timeProcesses({ command, args: [...FLAGS, PROGRAM], env: { DENO_DIR: cache, NO_COLOR: '1' } }, count),
    );
  },
};
