import { once } from 'node:events';
import { RuntimeFailure } from '../../errors.ts';
import type { LayerReport } from '../../jail/jail-spec.ts';
import type { LaunchFiles } from '../../jail/launch-files.ts';
import { encodeFrame, type Frame, FrameRefused, NO_BODY } from '../../protocol/frame.ts';
import { FrameParser } from '../../protocol/frame-parser.ts';
import type { HostToWorker } from '../../protocol/messages.ts';
import { type CgroupHold, holdByCgroup } from './cgroup-hold.ts';
import { UNCONFINED } from './confinement.ts';
import { type EnclosedWorker, exitInside, openEnclosedWorker } from './enclosed-worker.ts';
import { endUnlaunched } from './end-unlaunched.ts';
import { lastWords } from './last-words.ts';
import { decodeLaunchReport } from './launch-report.ts';
import type { PoolPowers } from './pool-powers.ts';
import { openProcessMeter, type ProcessMeter } from './process-meter.ts';
import { readSeal } from './seal-report.ts';
import { type SpawnedWorker, spawnWorker, type WorkerProfile } from './spawn-worker.ts';
import { describeExit, type KillReason, type WorkerExit } from './worker-death.ts';

/** Who listens to a worker. Every frame and the end of the process arrive here, in order, from the spawn on. */
export interface WorkerListener {
  onFrame(frame: Frame): void;
  /** Bytes that are no frame. The process is being killed when this is called. */
  onViolation(rule: string, detail: string): void;
  onExit(exit: WorkerExit): void;
}

/** The most that is kept of stderr; V8's fatal message fits, a flood does not (corpus IP-147). */
const STDERR_BYTES = 16 * 1024;
/** The most that is read of it. Nothing else bounds what machine code writes there, and every read takes time of the host. */
const STDERR_BYTES_READ = 1024 * 1024;
const HEAD_BYTES = 64 * 1024;
/** Before a lease a worker has nothing to say: launch report and `ready` only. */
const BODY_BYTES_UNLEASED = 1024;

/** One process, from spawn to reaping. Knows frames and signals; knows no skill, no policy and no budget. */
export class WorkerProcess {
  readonly profile: WorkerProfile;
  readonly exited: Promise<WorkerExit>;
  readonly #powers: PoolPowers;
  readonly #spawned: SpawnedWorker;
  readonly #childPid: number;
  readonly #childMeter: ProcessMeter;
  readonly #limits = { headBytes: HEAD_BYTES, bodyBytes: BODY_BYTES_UNLEASED };
  readonly #parser: FrameParser = new FrameParser(this.#limits);
  #enclosed: EnclosedWorker | undefined;
  #cgroup: CgroupHold | undefined;
  #listener: WorkerListener | undefined;
  #killed: KillReason | undefined;
  #exit: WorkerExit | undefined;
  #stderr = '';
  #drained: Promise<unknown> | undefined;

  constructor(powers: PoolPowers, files: LaunchFiles, profile: WorkerProfile) {
    this.profile = profile;
    this.#powers = powers;
    this.#spawned = spawnWorker(powers, files, profile);
    const { child } = this.#spawned;
    if (child.pid === undefined)
      throw new RuntimeFailure('ERR_CARAPACE_WORKER_START', 'Cannot start worker: the process could not be created');
    this.#childPid = child.pid;
    this.#childMeter = this.#openMeter();
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve(this.#onExit({ code, signal })));
      child.once('error', () => resolve(this.#onExit({ code: null, signal: null })));
    });
    this.#listen();
  }

  /** The worker's process; before its launch report, inside bubblewrap, that of bwrap. */
  get pid(): number {
    return this.#enclosed?.pid ?? this.#childPid;
  }

  /** What that process uses. From the launch report on it is the worker itself, and no skill is there before. */
  get meter(): ProcessMeter {
    return this.#enclosed?.meter ?? this.#childMeter;
  }

  /** Layers that the host sees for itself once the worker has booted: the second filter and the cgroup, if asked for. */
  seenLayers(): readonly LayerReport[] {
    const cgroup = this.#cgroup?.layers ?? [];
    return [...cgroup, ...readSeal(this.#powers, this.meter, this.profile.layers)];
  }

  /** Has the kernel bound its resident memory, in bytes from now on, where it is in a cgroup; nothing elsewhere. */
  limitMemory(bytes: number): void {
    this.#cgroup?.limitMemory(bytes);
  }

  get killed(): KillReason | undefined {
    return this.#killed;
  }

  get alive(): boolean {
    return this.#exit === undefined && this.#killed === undefined;
  }

  /** Whether it can still be spoken to: an idle worker that has hung up would keep its next call waiting until its deadline. */
  get listens(): boolean {
    return this.alive && !this.#spawned.channel.readableEnded;
  }

  /** V8's last words, control characters and all: for the audit trail after escaping, never for a result. */
  get stderrTail(): string {
    return this.#stderr;
  }

  /** Sets the one listener and the largest body it is prepared to take, in bytes. */
  attach(listener: WorkerListener, bodyBytes: number = BODY_BYTES_UNLEASED): void {
    this.#listener = listener;
    this.#limits.bodyBytes = bodyBytes;
  }

  /** Resolves once the kernel has taken the frame or the worker is gone: never buffers faster than the worker reads. */
  async send(message: HostToWorker, body: Uint8Array = NO_BODY): Promise<void> {
    const { channel } = this.#spawned;
    if (!channel.writable || this.#killed !== undefined) return;
    if (channel.write(encodeFrame(message, body))) return;
    await this.#untilDrained();
  }

  /** One wait for all answers that are held up: a worker that reads none of them must not cost a listener for each. */
  #untilDrained(): Promise<unknown> {
    this.#drained ??= Promise.race([once(this.#spawned.channel, 'drain').catch(() => undefined), this.exited]).finally(
      () => {
        this.#drained = undefined;
      },
    );
    return this.#drained;
  }

  /**
   * Whether this worker keeps the host's event loop alive. An idle spare must not: a program that forgot to close its
   * runtime ends all the same, and the kernel kills the worker with it.
   */
  holdHost(hold: boolean): void {
    const { child, channel, stderr } = this.#spawned;
    for (const part of [child, channel, stderr]) {
      if (hold) part.ref();
      else part.unref();
    }
  }

  /** SIGKILL, once. A clean exit is never waited for: exit paths can hang and skill code can hold them open. */
  kill(reason: KillReason): Promise<WorkerExit> {
    if (this.#killed === undefined && this.#exit === undefined) {
      this.#killed = reason;
      this.holdHost(true);
      if (this.#enclosed?.kill() !== true) this.#killChild();
      this.#cgroup?.kill();
      this.#spawned.channel.destroy();
    }
    return this.exited;
  }

  /** The host's own child: the worker, or a bwrap that has not reported a worker yet. */
  #killChild(): void {
    const { child } = this.#spawned;
    const { enclosure, killer } = this.profile.confinement ?? UNCONFINED;
    if (enclosure.kind === 'none' || this.#enclosed !== undefined || killer === undefined) {
      child.kill('SIGKILL');
      return;
    }
    void endUnlaunched(this.#powers, { pid: this.#childPid, kill: (signal) => child.kill(signal) }, killer);
  }

  /** A worker that cannot be metered (no descriptor left, no /proc) must not live on with nobody to know of it. */
  #openMeter(): ProcessMeter {
    try {
      return openProcessMeter(this.#powers, this.#childPid);
    } catch (cause) {
      this.#killChild();
      this.#spawned.channel.destroy();
      this.#spawned.stderr.destroy();
      throw new RuntimeFailure('ERR_CARAPACE_WORKER_START', 'Cannot start worker: its use cannot be measured', {
        cause,
      });
    }
  }

  #listen(): void {
    const { channel, stderr } = this.#spawned;
    channel.on('data', (chunk: Buffer) => this.#onData(chunk));
    // EPIPE and ECONNRESET say what `exit` says; an unhandled 'error' event would end the host.
    channel.on('error', () => undefined);
    stderr.on('error', () => undefined);
    stderr.on('data', (chunk: Buffer) => {
      if (stderr.bytesRead > STDERR_BYTES_READ) stderr.destroy();
      this.#stderr = (this.#stderr + chunk.toString('latin1')).slice(-STDERR_BYTES);
    });
  }

  #onData(chunk: Buffer): void {
    if (this.#killed !== undefined) return;
    try {
      for (const frame of this.#parser.push(chunk)) {
        if (this.#cgroup === undefined && !this.#onLaunch(frame)) return;
        this.#listener?.onFrame(frame);
        if (this.#killed !== undefined) return;
      }
    } catch (error) {
      if (!(error instanceof FrameRefused)) throw error;
      void this.kill('protocol');
      this.#listener?.onViolation(error.rule, error.message);
    }
  }

  /**
   * The launch report tells the worker from bwrap. One that cannot be metered and killed for itself is ended here, before
   * there is a skill in it. True when all is well.
   */
  #onLaunch({ head }: Frame): boolean {
    const { enclosure, killer, cgroups } = this.profile.confinement ?? UNCONFINED;
    const report = decodeLaunchReport(head);
    if (report?.kind !== 'jailed') return true;
    this.#cgroup = holdByCgroup(cgroups, report.pid);
    if (enclosure.kind === 'none') return true;
    try {
      if (killer === undefined) throw new TypeError('Cannot kill the worker alone: there is no pidfd');
      this.#enclosed = openEnclosedWorker(this.#powers, this.#childPid, report.pid, killer);
      return true;
    } catch (error) {
      void this.kill('host-failed');
      this.#listener?.onViolation('launch', error instanceof Error ? error.message : 'its use cannot be measured');
      return false;
    }
  }

  #onExit(raw: WorkerExit): WorkerExit {
    const exit = this.profile.confinement?.enclosure.kind === 'bubblewrap' ? exitInside(raw) : raw;
    this.#exit = exit;
    this.#childMeter.close();
    this.#enclosed?.close();
    this.#cgroup?.release();
    this.#spawned.channel.destroy();
    this.#spawned.stderr.destroy();
    this.#listener?.onExit(exit);
    return exit;
  }
}

/** What a started worker reported before it ran anything. */
export interface StartedWorker {
  readonly layers: readonly LayerReport[];
}

/** Waits for the launch report and for `isReady` to accept a later frame. Kills and rejects on anything else. */
export function awaitStart(
  worker: WorkerProcess,
  isReady: (frame: Frame) => boolean,
  timeoutMs: number,
): Promise<StartedWorker> {
  return new Promise((resolve, reject) => {
    let layers: readonly LayerReport[] | undefined;
    const fail = (reason: string): void => {
      clearTimeout(timer);
      void worker.kill('start-timeout');
      reject(new RuntimeFailure('ERR_CARAPACE_WORKER_START', `Cannot start worker: ${reason}`));
    };
    const timer = setTimeout(() => fail(`not ready after ${timeoutMs} ms`), timeoutMs);
    worker.attach({
      onFrame: (frame) => {
        if (layers !== undefined) {
          if (!isReady(frame)) return fail('it spoke out of turn');
          clearTimeout(timer);
          return resolve({ layers: [...layers, ...worker.seenLayers()] });
        }
        const report = decodeLaunchReport(frame.head);
        if (report === undefined) fail('the launcher sent no launch report');
        else if (report.kind === 'jail-failed') fail(`layer "${report.layer}": ${report.reason}`);
        else layers = report.layers;
      },
      onViolation: (_rule, detail) => fail(detail),
      onExit: (exit) => fail(`it ${describeExit(exit)} ${lastWords(worker.stderrTail)}`.trim()),
    });
  });
}
