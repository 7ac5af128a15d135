/** Who wants to send a request. */
export interface GateTicket {
  /** One object for one call. */
  readonly call: object;
  readonly skill: string;
}

export interface GateLimits {
  /** Requests of one call under way at once. Default 8. */
  readonly perCall: number;
  /** Of one skill, over all its calls. Default 64. */
  readonly perSkill: number;
  /** Of all skills. Default 512. */
  readonly total: number;
}

const DEFAULT_GATE_LIMITS: GateLimits = Object.freeze({ perCall: 8, perSkill: 64, total: 512 });

interface Waiting {
  readonly ticket: GateTicket;
  readonly admit: () => void;
}

/**
 * Bounds the requests that are under way at once, unread bodies included; one for a runtime. Whoever does not fit waits in turn, and
 * nobody waits behind a skill or a call that is at its own bound, so that a slow host of one skill holds up no other.
 */
export class NetGate {
  readonly #limits: GateLimits;
  readonly #calls = new Map<object, number>();
  readonly #skills = new Map<string, number>();
  #total = 0;
  #waiting: Waiting[] = [];

  constructor(limits: GateLimits = DEFAULT_GATE_LIMITS) {
    this.#limits = limits;
  }

  /** Requests under way. */
  get open(): number {
    return this.#total;
  }

  /**
   * Resolves with the function that gives the place back, to be called once or more often. Undefined when `signal` aborts first;
   * waiting counts against whatever deadline the signal stands for.
   */
  async enter(ticket: GateTicket, signal: AbortSignal): Promise<(() => void) | undefined> {
    if (signal.aborted) return undefined;
    if (!this.#fits(ticket)) {
      const isAdmitted = await this.#wait(ticket, signal);
      if (!isAdmitted) return undefined;
    } else this.#count(ticket, 1);
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      this.#count(ticket, -1);
      this.#admit();
    };
  }

  #wait(ticket: GateTicket, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((waiting) => waiting !== entry);
        resolve(false);
      };
      const entry: Waiting = {
        ticket,
        admit: () => {
          signal.removeEventListener('abort', leave);
          resolve(true);
        },
      };
      this.#waiting.push(entry);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** Counted before the waiter runs, so that no newcomer takes the place in between. */
  #admit(): void {
    for (;;) {
      const next = this.#waiting.find(({ ticket }) => this.#fits(ticket));
      if (next === undefined) return;
      this.#waiting = this.#waiting.filter((waiting) => waiting !== next);
      this.#count(next.ticket, 1);
      next.admit();
    }
  }

  #fits({ call, skill }: GateTicket): boolean {
    const { perCall, perSkill, total } = this.#limits;
    return this.#total < total && (this.#calls.get(call) ?? 0) < perCall && (this.#skills.get(skill) ?? 0) < perSkill;
  }

  #count({ call, skill }: GateTicket, by: 1 | -1): void {
    this.#total += by;
    adjust(this.#calls, call, by);
    adjust(this.#skills, skill, by);
  }
}

function adjust<Key>(counts: Map<Key, number>, key: Key, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
