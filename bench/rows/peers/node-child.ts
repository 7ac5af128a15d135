import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchRow } from '../../harness/row.ts';
import { timeProcesses } from './hello-process.ts';

const PROGRAM = fileURLToPath(new URL('../../programs/hello.mjs', import.meta.url));

export const nodeChild: BenchRow = {
  id: 'node-child',
  group: 'peers',
  title: 'a Node process started for the call',
  unit: 'ms',
  better: 'lower',
  walls: { process: 'fresh per call', systemCalls: 'none', files: 'none', network: 'none', limits: 'none' },
  samples: { full: 100, quick: 15 },
  measure: (count) => timeProcesses({ command: process.execPath, args: [PROGRAM] }, count),
};

/**
 * What Node offers for untrusted code, although its documentation says that it is no such wall. Node 24 has no permission for
 * the network: every address can be reached.
 */
export const nodePermissionChild: BenchRow = {
  id: 'node-permission-child',
  group: 'peers',
  title: 'a `node --permission` process started for the call, which may read its own script only',
  unit: 'ms',
  better: 'lower',
  walls: { process: 'fresh per call', systemCalls: 'none', files: 'runtime', network: 'none', limits: 'none' },
  samples: { full: 100, quick: 15 },
  measure: (count) => {
    const flags = ['--permission', `--allow-fs-read=${dirname(PROGRAM)}`];
    return timeProcesses({ command: process.execPath, args: [...flags, PROGRAM] }, count);
  },
};
