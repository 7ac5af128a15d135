import { RuntimeFailure } from '../../errors.ts';
import type { LayerReport } from '../../jail/jail-spec.ts';
import type { LaunchFiles } from '../../jail/launch-files.ts';
import { decodeWorkerMessage, ProtocolViolation } from '../../protocol/decode.ts';
import type { Frame } from '../../protocol/frame.ts';
import { PROTOCOL_VERSION } from '../../protocol/messages.ts';
import type { PoolPowers } from './pool-powers.ts';
import type { WorkerProfile } from './spawn-worker.ts';
import { awaitStart, WorkerProcess } from './worker-process.ts';

export interface PoolLimits {
  /** Idle, booted workers kept ready. */
  readonly spares: number;
  /** Workers alive at once, spares and dying ones included. */
  readonly maxWorkers: number;
  /** Calls that may wait for a worker; the next one is refused. */
  readonly maxQueue: number;
  /** How long a worker may take to boot, in ms. */
  readonly startTimeoutMs: number;
}

/** A worker that is booted and jailed and has not seen any skill. */
export interface ReadyWorker {
  readonly worker: WorkerProcess;
  readonly layers: readonly LayerReport[];
}

interface Waiter {
  readonly profile: WorkerProfile;
  readonly resolve: (ready: ReadyWorker) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Keeps spares booted and lends each to exactly one call. A lent worker never comes back: it is killed by its call, and
 * its place is free when the kernel has reaped it. Knows no skill.
 */
export class WorkerPool {
  readonly #powers: PoolPowers;
  readonly #files: LaunchFiles;
  readonly #limits: PoolLimits;
  readonly #defaultProfile: WorkerProfile;
  readonly #alive = new Set<WorkerProcess>();
  /** Workers that were given to a call and are not reaped yet. */
  readonly #lent = new Set<WorkerProcess>();
  readonly #waiters: Waiter[] = [];
  /** Profile of each worker that is being booted. */
  readonly #booting: WorkerProfile[] = [];
  #spares: ReadyWorker[] = [];
  #closed = false;

  constructor(powers: PoolPowers, files: LaunchFiles, limits: PoolLimits, defaultProfile: WorkerProfile) {
    this.#powers = powers;
    this.#files = files;
    this.#limits = limits;
    this.#defaultProfile = defaultProfile;
  }

  /** Boots spares up to the target. Rejects when the first of them does not come up. */
  async warmUp(): Promise<void> {
    const missing = this.#limits.spares - this.#spares.length - this.#booting.length;
    await Promise.all(Array.from({ length: Math.max(0, missing) }, () => this.#bootSpare()));
  }

  /** A ready worker, at once when a spare fits. Throws ERR_CARAPACE_RUNTIME_BUSY when the queue is full. */
  async lease(profile: WorkerProfile, signal?: AbortSignal): Promise<ReadyWorker> {
    this.#assertOpen();
    signal?.throwIfAborted();
    const spare = this.#takeSpare(profile);
    if (spare !== undefined) return spare;
    if (this.#waiters.length >= this.#limits.maxQueue) {
      throw new RuntimeFailure(
        'ERR_CARAPACE_RUNTIME_BUSY',
        `Cannot start call: ${this.#alive.size} workers are busy and ${this.#waiters.length} calls wait`,
      );
    }
    const ready = this.#enqueue(profile, signal);
    this.#serve();
    return ready;
  }

  get stats(): { readonly spares: number; readonly alive: number; readonly waiting: number } {
    return { spares: this.#spares.length, alive: this.#alive.size, waiting: this.#waiters.length };
  }

  /** Kills every worker and waits until the kernel has reaped all of them. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const waiter of this.#waiters.splice(0)) waiter.reject(closed());
    this.#spares = [];
    await Promise.all([...this.#alive].map((worker) => worker.kill('closed')));
  }

  #takeSpare(profile: WorkerProfile): ReadyWorker | undefined {
    const index = this.#spares.findIndex(({ worker }) => sameProfile(worker.profile, profile) && worker.alive);
    const [spare] = index === -1 ? [] : this.#spares.splice(index, 1);
    if (spare === undefined) return undefined;
    spare.worker.holdHost(true);
    this.#lent.add(spare.worker);
    return spare;
  }

  #enqueue(profile: WorkerProfile, signal: AbortSignal | undefined): Promise<ReadyWorker> {
    return new Promise((resolve, reject) => {
      const settle = (): void => signal?.removeEventListener('abort', onAbort);
      const waiter: Waiter = {
        profile,
        resolve: (ready) => {
          settle();
          resolve(ready);
        },
        reject: (reason) => {
          settle();
          reject(reason);
        },
      };
      const onAbort = (): void => {
        const index = this.#waiters.indexOf(waiter);
        if (index === -1) return;
        this.#waiters.splice(index, 1);
        waiter.reject(signal?.reason);
      };
      this.#waiters.push(waiter);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /**
   * Starts a worker for each waiting call that none of its profile is being booted for, as far as there is room. A worker of
   * another profile cannot serve it, so a call that counted on one would wait for ever.
   */
  #serve(): void {
    const coming = [...this.#booting];
    for (const { profile } of this.#waiters) {
      const index = coming.findIndex((other) => sameProfile(other, profile));
      if (index !== -1) coming.splice(index, 1);
      else if (this.#hasRoom()) this.#bootFor(profile);
      else return this.#retireSpare();
    }
  }

  #bootFor(profile: WorkerProfile): void {
    this.#bootSpare(profile).catch((error: unknown) => {
      const index = this.#waiters.findIndex((waiter) => sameProfile(waiter.profile, profile));
      if (index !== -1) this.#waiters.splice(index, 1)[0]?.reject(error);
    });
  }

  /** Boots what is missing. */
  #refill(): void {
    this.#serve();
    const missing = this.#limits.spares - this.#spares.length - this.#booting.length;
    for (let index = 0; index < missing && this.#hasRoom(); index += 1) void this.#bootSpare().catch(() => undefined);
  }

  /** A spare of another profile must not starve a call that cannot use it. Its room is free once it is reaped. */
  #retireSpare(): void {
    void this.#spares.shift()?.worker.kill('closed');
  }

  #hasRoom(): boolean {
    return !this.#closed && this.#alive.size < this.#limits.maxWorkers;
  }

  async #bootSpare(profile: WorkerProfile = this.#defaultProfile): Promise<void> {
    this.#booting.push(profile);
    try {
      const worker = this.#start(profile);
      const { layers } = await awaitStart(worker, isReadyFrame, this.#limits.startTimeoutMs);
      worker.attach(idleListener(worker, () => this.#discard(worker)));
      worker.holdHost(false);
      this.#spares.push({ worker, layers });
    } finally {
      this.#booting.splice(this.#booting.indexOf(profile), 1);
    }
    this.#handOut();
    // A call of another profile may have found every place taken by the worker that has just come up.
    this.#serve();
  }

  #start(profile: WorkerProfile): WorkerProcess {
    this.#assertOpen();
    const worker = new WorkerProcess(this.#powers, this.#files, profile);
    this.#alive.add(worker);
    void worker.exited.then(() => this.#onReaped(worker));
    return worker;
  }

  /**
   * A call's worker is replaced once it is gone: its place is free then, and its call has its result. To start a process
   * blocks this one for milliseconds, more the larger it is. A spare that dies by itself is not replaced before the next
   * call, because its replacement would probably die as well, and so on.
   */
  #onReaped(worker: WorkerProcess): void {
    this.#alive.delete(worker);
    if (this.#lent.delete(worker)) this.#refill();
    else this.#serve();
  }

  #handOut(): void {
    for (const waiter of this.#waiters.slice()) {
      const spare = this.#takeSpare(waiter.profile);
      if (spare === undefined) continue;
      this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
      waiter.resolve(spare);
    }
  }

  #discard(worker: WorkerProcess): void {
    this.#spares = this.#spares.filter((spare) => spare.worker !== worker);
  }

  #assertOpen(): void {
    if (this.#closed) throw closed();
  }
}

function closed(): RuntimeFailure {
  return new RuntimeFailure('ERR_CARAPACE_RUNTIME_CLOSED', 'Cannot start call: the runtime is closed');
}

/** A spare that speaks or dies is not a spare any more: it has seen no skill, so something is wrong with it. */
function idleListener(worker: WorkerProcess, discard: () => void): Parameters<WorkerProcess['attach']>[0] {
  return {
    onFrame: () => {
      discard();
      void worker.kill('protocol');
    },
    onViolation: discard,
    onExit: discard,
  };
}

function isReadyFrame(frame: Frame): boolean {
  try {
    const message = decodeWorkerMessage(frame.head);
    return message.kind === 'ready' && message.version === PROTOCOL_VERSION;
  } catch (error) {
    if (error instanceof ProtocolViolation) return false;
    throw error;
  }
}

function sameProfile(one: WorkerProfile, other: WorkerProfile): boolean {
  return one.jit === other.jit && one.cpuSeconds === other.cpuSeconds;
}
