import type { BenchRow } from '../../harness/row.ts';
import { runProgram } from '../../harness/run-program.ts';
import type { Walls } from '../../harness/walls.ts';
import { installPeer } from '../../peers/install-peer.ts';

/** Its processor limit was seen to end a loop and to leave the process usable; the process has no filter (/proc/PID/status). */
const WALLS: Walls = {
  process: 'own, shared',
  systemCalls: 'none',
  files: 'runtime',
  network: 'runtime',
  limits: 'engine',
};

export const secureExecCold: BenchRow = {
  id: 'secure-exec-cold',
  group: 'peers',
  needs: 'secure-exec',
  title: 'secure-exec: a runtime made for the call, and its V8 process with it',
  unit: 'ms',
  better: 'lower',
  walls: { ...WALLS, process: 'fresh per call' },
  samples: { full: 30, quick: 5 },
  measure: (count) => measure('cold', count),
};

export const secureExecWarm: BenchRow = {
  id: 'secure-exec-warm',
  group: 'peers',
  needs: 'secure-exec',
  title: 'secure-exec: one more `run` on a runtime that is there, in a context of its own',
  unit: 'ms',
  better: 'lower',
  walls: WALLS,
  samples: { full: 100, quick: 15 },
  measure: (count) => measure('warm', count),
};

async function measure(mode: 'cold' | 'warm', count: number): ReturnType<BenchRow['measure']> {
  const options = { folder: await installPeer('secure-exec'), mode, count };
  return runProgram({ program: 'peers/secure-exec.mjs', options });
}
