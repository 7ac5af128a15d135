import type { Lease } from './lease.ts';

interface Asker {
  readonly give: (lease: Lease) => void;
}

/** Idle workers by key, and the calls that would take one as soon as it is back. Knows nothing of processes. */
export class Shelf {
  readonly #idle = new Map<string, Lease[]>();
  readonly #askers = new Map<string, Asker[]>();

  /** The worker of this key that was used last: its caches are warmest, and the others may grow old. */
  take(key: string): Lease | undefined {
    const leases = this.#idle.get(key);
    const lease = leases?.pop();
    if (leases?.length === 0) this.#idle.delete(key);
    return lease;
  }

  /** Puts a worker back, into the hands of a call that asks for it if there is one. True when it was given away. */
  put(lease: Lease): boolean {
    const key = lease.key.text;
    const asker = this.#askers.get(key)?.shift();
    if (asker !== undefined) {
      asker.give(lease);
      return true;
    }
    const leases = this.#idle.get(key);
    if (leases === undefined) this.#idle.set(key, [lease]);
    else leases.push(lease);
    return false;
  }

  /** Asks for the next worker of a key that comes back. Returns how to stop asking. */
  ask(key: string, give: (lease: Lease) => void): () => void {
    const asker: Asker = { give };
    const askers = this.#askers.get(key) ?? [];
    askers.push(asker);
    this.#askers.set(key, askers);
    return () => {
      const index = askers.indexOf(asker);
      if (index !== -1) askers.splice(index, 1);
      if (askers.length === 0 && this.#askers.get(key) === askers) this.#askers.delete(key);
    };
  }

  /** Takes one certain worker off. False when it is not here. */
  remove(lease: Lease): boolean {
    const key = lease.key.text;
    const leases = this.#idle.get(key);
    const index = leases?.indexOf(lease) ?? -1;
    if (leases === undefined || index === -1) return false;
    leases.splice(index, 1);
    if (leases.length === 0) this.#idle.delete(key);
    return true;
  }

  /** Every idle worker, in no order that means anything. */
  all(): readonly Lease[] {
    return [...this.#idle.values()].flat();
  }
}
