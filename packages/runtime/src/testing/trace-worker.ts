import { lastWords } from '../host/pool/last-words.ts';
import { nodePoolPowers } from '../host/pool/pool-powers.ts';
import { ALL_LAYERS } from '../host/pool/spawn-worker.ts';
import { WorkerProcess } from '../host/pool/worker-process.ts';
import { openFiles } from '../jail/launch-files.ts';

/** What to start and to call. The files may be the runtime's own with marks put in front of them. */
export interface TracedWorkerOptions {
  readonly launcherPath: string;
  readonly bundlePath: string;
  /** The native part of isolated-vm. */
  readonly addonPath: string;
  /** Text of the skill's module. */
  readonly skill: string;
  readonly tool: string;
  readonly inputJson: string;
  /** Killed after this many ms. Default 20,000. */
  readonly timeoutMs?: number;
}

/** Something that happened, in ms of the machine's monotonic clock, which all its processes share. */
export interface TracedMoment {
  /** `spawning`, `spawned`, `calling`, `ended`, or the kind of a frame. */
  readonly what: string;
  readonly at: number;
  /** Head of the frame, if it was one. */
  readonly head?: unknown;
}

const LIMITS = { outputBytes: 2 ** 20, logBytes: 2 ** 20, requests: 100 };

/**
 * Boots one worker without a runtime around it, makes one call and kills it: for measuring where the time goes. In the jail that
 * skills get, without namespaces. Nothing is checked and nothing is brokered.
 *
 * @throws TypeError when the worker ends without a result
 */
export async function traceWorker(options: TracedWorkerOptions): Promise<readonly TracedMoment[]> {
  const files = openFiles(options.bundlePath, options.addonPath);
  try {
    const moments: TracedMoment[] = [moment('spawning')];
    const profile = { jit: false, cpuSeconds: 30, layers: ALL_LAYERS };
    const worker = new WorkerProcess(nodePoolPowers, { ...files, launcherPath: options.launcherPath }, profile);
    moments.push(moment('spawned'));
    const onFrame = ({ head }: { readonly head: unknown }): void => {
      const kind = kindOf(head);
      moments.push({ ...moment(kind), head });
      if (kind === 'ready') {
        moments.push(moment('calling'));
        call(worker, options);
      }
      if (kind === 'result') void worker.kill('call-ended');
    };
    worker.attach({ onFrame, onViolation: () => undefined, onExit: () => undefined }, LIMITS.outputBytes);
    const timer = setTimeout(() => void worker.kill('start-timeout'), options.timeoutMs ?? 20_000);
    await worker.exited;
    clearTimeout(timer);
    if (moments.every(({ what }) => what !== 'result'))
      throw new TypeError(`Cannot trace worker: it ended without a result ${lastWords(worker.stderrTail)}`.trim());
    return [...moments, moment('ended')];
  } finally {
    files.close();
  }
}

function call(worker: WorkerProcess, { skill, tool, inputJson }: TracedWorkerOptions): void {
  const load = {
    kind: 'load',
    filename: 'traced.js',
    memoryMiB: 64,
    limits: LIMITS,
    endowments: { fs: false, net: false },
  } as const;
  void worker.send(load, Buffer.from(skill, 'utf8'));
  void worker.send({ kind: 'call', call: 'traced', tool }, Buffer.from(inputJson, 'utf8'));
}

function kindOf(head: unknown): string {
  const isMessage = typeof head === 'object' && head !== null && 'kind' in head;
  return isMessage && typeof head.kind === 'string' ? head.kind : 'unknown';
}

function moment(what: string): TracedMoment {
  return { what, at: Number(process.hrtime.bigint()) / 1e6 };
}
