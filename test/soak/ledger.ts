import type { Fate, Scenario } from './scenario.ts';

/** What came of one scenario so far. */
export interface Row {
  readonly fates: Map<Fate, number>;
  /** Of each call, in ms. */
  readonly durations: number[];
}

/** The book of the soak: what came of each scenario, and every invariant that did not hold. */
export class Ledger {
  readonly rows = new Map<string, Row>();
  readonly faults: string[] = [];
  /** Faults beyond those that are kept. */
  suppressedFaults = 0;
  readonly startedAt: number = performance.now();
  calls = 0;
  kills = 0;

  enter({ name }: Scenario, fate: Fate, durationMs: number): void {
    const row: Row = this.rows.get(name) ?? { fates: new Map(), durations: [] };
    this.rows.set(name, row);
    row.fates.set(fate, (row.fates.get(fate) ?? 0) + 1);
    row.durations.push(durationMs);
    this.calls += 1;
  }

  /** Records a fault unless the statement holds. */
  hold(holds: boolean, statement: string): void {
    if (holds) return;
    if (this.faults.length >= MOST_FAULTS) this.suppressedFaults += 1;
    else this.faults.push(`after ${Math.round((performance.now() - this.startedAt) / 1000)} s: ${statement}`);
  }
}

const MOST_FAULTS = 50;
