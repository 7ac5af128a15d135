import { descendantsOf, isRunning } from '../adversarial/host-program.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';

/** Between two kills, in ms: rarely enough that no skill has five in a row and is suspended for it. */
const PAUSE_MS = { least: 500, most: 5_000 };
/** A death is noticed within this time, in ms, also on a machine that is busy. */
const NOTICED_MS = 1_000;
/** How long a pool may be wary of new starts after three that failed in a row, in ms. */
const WARY_MS = 2_500;

/** Kills workers at random moments, and remembers when. */
export class Chaos {
  readonly #random: Random;
  readonly #ledger: Ledger;
  #lastKill = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(random: Random, ledger: Ledger) {
    this.#random = random;
    this.#ledger = ledger;
  }

  start(): void {
    this.#timer = setTimeout(
      () => {
        this.#strike();
        this.start();
      },
      this.#random.integer(PAUSE_MS.least, PAUSE_MS.most),
    );
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** True when a kill may have met a call that began then and has just ended. */
  struckSince(beginning: number): boolean {
    return this.#lastKill > beginning - NOTICED_MS;
  }

  /** True when starts of workers may have been killed so lately that the pool still waits before the next. */
  struckLately(): boolean {
    return this.#lastKill > performance.now() - WARY_MS;
  }

  #strike(): void {
    const workers = descendantsOf(process.pid).filter(isRunning);
    if (workers.length === 0) return;
    try {
      process.kill(this.#random.pick(workers), 'SIGKILL');
      this.#lastKill = performance.now();
      this.#ledger.kills += 1;
    } catch {
      // Gone between the listing and the kill.
    }
  }
}
