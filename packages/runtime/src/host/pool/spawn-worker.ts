import type { Socket } from 'node:net';
import { DESCRIPTORS, type JailLayers, type JailSpec } from '../../jail/jail-spec.ts';
import type { LaunchFiles } from '../../jail/launch-files.ts';
import { INSIDE } from '../../jail/namespace/sandbox-files.ts';
import { workerArguments } from '../../jail/node-flags.ts';
import { type Confinement, UNCONFINED } from './confinement.ts';
import type { ChildProcess, PoolPowers } from './pool-powers.ts';

/** What distinguishes one kind of spare worker from another. Spares of one profile are interchangeable. */
export interface WorkerProfile {
  readonly jit: boolean;
  /** Backstop in the kernel behind the host's own processor budget, in seconds, boot included. */
  readonly cpuSeconds: number;
  readonly layers: JailLayers;
  /** Default none, which the launch report says. */
  readonly confinement?: Confinement;
}

export interface SpawnedWorker {
  readonly child: ChildProcess;
  readonly channel: Socket;
  /** V8's and Node's own last words. Skill code cannot write here except through native code. */
  readonly stderr: Socket;
}

export const ALL_LAYERS: JailLayers = { identity: true, rlimits: true, landlock: true, seccomp: true, sealed: true };

/** 1.6 GB is the least at which a jitless worker always boots; V8 with compilers reserves far more than it uses. */
const ADDRESS_SPACE = { jitless: 1.6e9, jit: 6e9 };
const LAUNCHER_FLAGS = ['--disable-sigusr1'];
const OPEN_FILES = 64;
const NODE_HEAP_MIB = 64;

/** The host's /proc: open in the launcher, closed in the worker. */
const HOST_PROC = Math.max(...Object.values(DESCRIPTORS)) + 1;
/** Number of a process whose parent is process 1 of its namespace. */
const NAMESPACE_INIT = 1;

/**
 * Starts the launcher, which becomes the worker: one process, no shell, empty environment, a session of its own (a Ctrl-C
 * in the operator's terminal is the host's to handle), and no descriptor but the documented ones. Where the machine has
 * namespaces to give, bubblewrap starts the same launcher inside them; there is no second way to make a worker.
 */
export function spawnWorker(powers: PoolPowers, files: LaunchFiles, profile: WorkerProfile): SpawnedWorker {
  const { enclosure } = profile.confinement ?? UNCONFINED;
  const spec = JSON.stringify(specFor(profile));
  const [program, ...args] =
    enclosure.kind === 'none'
      ? [process.execPath, ...LAUNCHER_FLAGS, files.launcherPath, spec, files.koffiPath]
      : [
          enclosure.program,
          ...enclosure.arguments,
          INSIDE.node,
          ...LAUNCHER_FLAGS,
          INSIDE.launcher,
          spec,
          INSIDE.koffi,
        ];
  const child = withProc(powers, enclosure, (proc) =>
    powers.spawn(program, args, {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', files.bundle, files.addon, 'ignore', proc],
      env: {},
      // The host's folder would be a path of the host, and a way to files that `nobody` could not reach by name.
      cwd: '/',
      detached: true,
    }),
  );
  // Without a listener an 'error' event ends the host, and without a free descriptor there is no more to it than that event.
  child.on('error', () => undefined);
  const channel = child.stdio?.[DESCRIPTORS.protocol];
  const { stderr } = child;
  if (!isSocket(channel) || !isSocket(stderr)) throw new TypeError('Cannot start worker: its pipes are missing');
  return { child, channel, stderr };
}

/** The launcher inside namespaces asks the host's /proc for the number that the host knows it by. */
function withProc(
  powers: PoolPowers,
  enclosure: Confinement['enclosure'],
  start: (proc: number | 'ignore') => ChildProcess,
): ChildProcess {
  if (enclosure.kind === 'none') return start('ignore');
  const proc = powers.openProc();
  try {
    return start(proc.fd);
  } finally {
    proc.close();
  }
}

function specFor(profile: WorkerProfile): JailSpec {
  const nodeMajor = Number(process.versions.node.split('.')[0]);
  return {
    ...placeOf(profile.confinement ?? UNCONFINED),
    layers: profile.layers,
    limits: {
      addressSpaceBytes: profile.jit ? ADDRESS_SPACE.jit : ADDRESS_SPACE.jitless,
      cpuSeconds: profile.cpuSeconds,
      openFiles: OPEN_FILES,
    },
    jit: profile.jit,
    arguments: workerArguments({ jit: profile.jit, heapMiB: NODE_HEAP_MIB, nodeMajor }),
    keepDescriptors: [0, 1, 2, ...Object.values(DESCRIPTORS)],
    privateDescriptors: [DESCRIPTORS.workerBundle, DESCRIPTORS.nativeAddon],
    readableDescriptors: [DESCRIPTORS.nativeAddon],
  };
}

/** Where the launcher will find itself, and below whom. */
function placeOf({ enclosure }: Confinement): Pick<JailSpec, 'parentPid' | 'enclosure'> {
  if (enclosure.kind === 'none') return { parentPid: process.pid, enclosure };
  const { outside, userNamespace } = enclosure;
  return {
    parentPid: NAMESPACE_INIT,
    enclosure: { kind: 'namespaces', outside, userNamespace, hostProcDescriptor: HOST_PROC },
  };
}

/** Node opens a `pipe` of a child as a socket; its types promise only a stream. */
function isSocket(stream: unknown): stream is Socket {
  return typeof stream === 'object' && stream !== null && 'write' in stream && 'unref' in stream;
}
