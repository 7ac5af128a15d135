import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BenchRow, Unavailable } from '../../harness/row.ts';
import { timeProcesses } from './hello-process.ts';

/** Absolute, as the runtime itself looks for it: a name looked up in the path could be anybody's program. */
export const BWRAP = '/usr/bin/bwrap';
const PROGRAM = fileURLToPath(new URL('../../programs/hello.mjs', import.meta.url));
const LIBRARY_FOLDERS = ['/lib', '/lib64', '/usr/lib', '/usr/lib64'];

export const bwrapNode: BenchRow = {
  id: 'bwrap-node',
  group: 'peers',
  title:
    'a Node process in bubblewrap, started for the call: every namespace of its own, libraries and its own script read-only',
  unit: 'ms',
  better: 'lower',
  walls: { process: 'fresh per call', systemCalls: 'none', files: 'kernel', network: 'kernel', limits: 'none' },
  samples: { full: 100, quick: 15 },
  measure: async (count) => {
    if (!existsSync(BWRAP)) throw new Unavailable(`${BWRAP} is not installed`);
    return timeProcesses({ command: BWRAP, args: bwrapArguments() }, count);
  },
};

function bwrapArguments(): readonly string[] {
  const libraries = LIBRARY_FOLDERS.filter((folder) => existsSync(folder));
  return [
    ['--unshare-all', '--die-with-parent', '--new-session', '--clearenv'],
    ...libraries.map((folder) => ['--ro-bind', folder, folder]),
    ['--ro-bind', realpathSync(process.execPath), '/node', '--ro-bind', PROGRAM, '/hello.mjs'],
    ['--proc', '/proc', '--dev', '/dev', '/node', '/hello.mjs'],
  ].flat();
}
