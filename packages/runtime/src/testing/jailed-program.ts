import { decodeLaunchReport } from '../host/pool/launch-report.ts';
import { nodePoolPowers } from '../host/pool/pool-powers.ts';
import { ALL_LAYERS } from '../host/pool/spawn-worker.ts';
import type { WorkerExit } from '../host/pool/worker-death.ts';
import { WorkerProcess } from '../host/pool/worker-process.ts';
import type { JailLayers, LayerReport } from '../jail/jail-spec.ts';
import { koffiAddon, openFiles } from '../jail/launch-files.ts';
import { machineConfinement } from './machine-namespaces.ts';

/** How to run a program in the jail. */
export interface JailedProgramOptions {
  /** Layers to leave out, to show that something notices. Default none. */
  readonly without?: readonly (keyof JailLayers)[];
  /** Inside namespaces of its own, as on a machine with bubblewrap. Default no; see `namespacesMissing`. */
  readonly namespaces?: boolean;
  readonly jit?: boolean;
  readonly cpuSeconds?: number;
  /** Killed after this many ms. Default 20,000. */
  readonly timeoutMs?: number;
}

/** What a program did in the jail: the frames it sent after the launch report, and how it ended. */
export interface JailedRun {
  readonly layers: readonly LayerReport[];
  readonly frames: readonly unknown[];
  readonly exit: WorkerExit;
  readonly killedByHost: boolean;
  readonly stderr: string;
}

/** Inside namespaces the host has to find a program before it ends; one that ends at once is run again when it was missed. */
const RUNS = 3;

/**
 * Runs a classic script in the place of the worker, in the very jail that skills get, with koffi on the add-on descriptor:
 * what an attacker with native code execution could do. Frames go to descriptor 3 in the worker's own format.
 *
 * @param bundlePath a file; its text is compiled with `require` and `process` in scope
 */
export async function runJailed(bundlePath: string, options: JailedProgramOptions = {}): Promise<JailedRun> {
  const files = openFiles(bundlePath, koffiAddon());
  try {
    const layers = { ...ALL_LAYERS, ...Object.fromEntries((options.without ?? []).map((layer) => [layer, false])) };
    const profile = {
      jit: options.jit ?? false,
      cpuSeconds: options.cpuSeconds ?? 30,
      layers,
      ...(options.namespaces === true ? { confinement: await machineConfinement() } : {}),
    };
    for (let run = 0; run < RUNS; run += 1) {
      const seen = await observe(new WorkerProcess(nodePoolPowers, files, profile), options.timeoutMs ?? 20_000);
      if (seen !== 'missed') return seen;
    }
    throw new TypeError('Cannot run program in the jail: it is always gone before its launch report is read');
  } finally {
    files.close();
  }
}

/** `missed`: the program had ended before a busy host could look its process up, so the run showed nothing. */
async function observe(worker: WorkerProcess, timeoutMs: number): Promise<JailedRun | 'missed'> {
  const frames: unknown[] = [];
  let missed = false;
  const onViolation = (rule: string): void => {
    missed = rule === 'launch';
  };
  worker.attach({ onFrame: ({ head }) => frames.push(head), onViolation, onExit: () => undefined }, 2 ** 20);
  const timer = setTimeout(() => void worker.kill('start-timeout'), timeoutMs);
  const exit = await worker.exited;
  clearTimeout(timer);
  if (missed) return 'missed';
  const launch = decodeLaunchReport(frames[0]);
  if (launch?.kind !== 'jailed')
    throw new TypeError(`Cannot run program in the jail: ${launch?.reason ?? 'no launch report'} ${worker.stderrTail}`);
  return {
    layers: launch.layers,
    frames: frames.slice(1),
    exit,
    killedByHost: worker.killed !== undefined,
    stderr: worker.stderrTail,
  };
}
