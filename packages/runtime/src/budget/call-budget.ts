import type { SkillLimits } from '@carapace/manifest';

/** What a call may use up through the host. Time and memory are the watchdog's. */
export type BudgetKind = 'brokerCalls' | 'logBytes' | 'outputBytes' | 'fsReadBytes' | 'files';

/** Codes of a spent budget; each ends the call and appears in its result. */
export type BudgetCode =
  | 'ERR_CARAPACE_BUDGET_WALL'
  | 'ERR_CARAPACE_BUDGET_CPU'
  | 'ERR_CARAPACE_BUDGET_MEMORY'
  | 'ERR_CARAPACE_BUDGET_BROKER_CALLS'
  | 'ERR_CARAPACE_BUDGET_LOGS'
  | 'ERR_CARAPACE_BUDGET_OUTPUT'
  | 'ERR_CARAPACE_BUDGET_FS_READ'
  | 'ERR_CARAPACE_BUDGET_FILES';

const CODE_OF: Readonly<Record<BudgetKind, BudgetCode>> = {
  brokerCalls: 'ERR_CARAPACE_BUDGET_BROKER_CALLS',
  logBytes: 'ERR_CARAPACE_BUDGET_LOGS',
  outputBytes: 'ERR_CARAPACE_BUDGET_OUTPUT',
  fsReadBytes: 'ERR_CARAPACE_BUDGET_FS_READ',
  files: 'ERR_CARAPACE_BUDGET_FILES',
};

const KIB = 1024;
const MIB = 1024 * KIB;

/** The running meter of one call. A kind that was overdrawn once stays spent. */
export class CallBudget {
  readonly #limits: Readonly<Record<BudgetKind, number>>;
  readonly #used: Record<BudgetKind, number> = {
    brokerCalls: 0,
    logBytes: 0,
    outputBytes: 0,
    fsReadBytes: 0,
    files: 0,
  };
  #spent: BudgetCode | undefined;

  constructor(limits: SkillLimits) {
    this.#limits = {
      brokerCalls: limits.brokerCalls,
      logBytes: limits.logKiB * KIB,
      outputBytes: limits.outputKiB * KIB,
      fsReadBytes: limits.fsReadMiB * MIB,
      files: limits.files,
    };
  }

  /** Books `amount`; false means the limit is exceeded. What is used never exceeds the limit in `used`. */
  charge(kind: BudgetKind, amount: number): boolean {
    const wanted = this.#used[kind] + amount;
    this.#used[kind] = Math.min(wanted, this.#limits[kind]);
    if (wanted <= this.#limits[kind]) return true;
    this.#spent ??= CODE_OF[kind];
    return false;
  }

  /** The first budget that was overdrawn; the reason of the kill, decided by the host's own count. */
  get spent(): BudgetCode | undefined {
    return this.#spent;
  }

  used(kind: BudgetKind): number {
    return this.#used[kind];
  }

  limit(kind: BudgetKind): number {
    return this.#limits[kind];
  }
}
