import type { SkillLimits } from '@carapace/manifest';

/** Codes of a spent budget; each ends the call and appears in its result. */
export type BudgetCode =
  | 'ERR_CARAPACE_BUDGET_WALL'
  | 'ERR_CARAPACE_BUDGET_CPU'
  | 'ERR_CARAPACE_BUDGET_MEMORY'
  | 'ERR_CARAPACE_BUDGET_BROKER_CALLS'
  | 'ERR_CARAPACE_BUDGET_LOGS'
  | 'ERR_CARAPACE_BUDGET_OUTPUT'
  | 'ERR_CARAPACE_BUDGET_FS_READ'
  | 'ERR_CARAPACE_BUDGET_FS_WRITE'
  | 'ERR_CARAPACE_BUDGET_FILES'
  | 'ERR_CARAPACE_BUDGET_FETCHES'
  | 'ERR_CARAPACE_BUDGET_BYTES_IN'
  | 'ERR_CARAPACE_BUDGET_BYTES_OUT';

/** What a call may use up through the host, each in bytes or as a count. Time and memory are the watchdog's. */
export type BudgetKind =
  | 'brokerCalls'
  | 'logBytes'
  | 'outputBytes'
  | 'fsReadBytes'
  | 'fsWriteBytes'
  | 'files'
  | 'fetches'
  | 'bytesIn'
  | 'bytesOut';

interface BudgetRow {
  readonly code: BudgetCode;
  readonly limit: (limits: SkillLimits) => number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

const ROWS: Readonly<Record<BudgetKind, BudgetRow>> = {
  brokerCalls: { code: 'ERR_CARAPACE_BUDGET_BROKER_CALLS', limit: ({ brokerCalls }) => brokerCalls },
  logBytes: { code: 'ERR_CARAPACE_BUDGET_LOGS', limit: ({ logKiB }) => logKiB * KIB },
  outputBytes: { code: 'ERR_CARAPACE_BUDGET_OUTPUT', limit: ({ outputKiB }) => outputKiB * KIB },
  fsReadBytes: { code: 'ERR_CARAPACE_BUDGET_FS_READ', limit: ({ fsReadMiB }) => fsReadMiB * MIB },
  fsWriteBytes: { code: 'ERR_CARAPACE_BUDGET_FS_WRITE', limit: ({ fsWriteMiB }) => fsWriteMiB * MIB },
  files: { code: 'ERR_CARAPACE_BUDGET_FILES', limit: ({ files }) => files },
  fetches: { code: 'ERR_CARAPACE_BUDGET_FETCHES', limit: ({ fetches }) => fetches },
  bytesIn: { code: 'ERR_CARAPACE_BUDGET_BYTES_IN', limit: ({ bytesInMiB }) => bytesInMiB * MIB },
  bytesOut: { code: 'ERR_CARAPACE_BUDGET_BYTES_OUT', limit: ({ bytesOutKiB }) => bytesOutKiB * KIB },
};

/** How much of each kind a call has used. */
export type BudgetUsage = Readonly<Record<BudgetKind, number>>;

/** The running meter of one call. A kind that was overdrawn once stays spent. */
export class CallBudget {
  readonly #limits: BudgetUsage;
  readonly #used: Record<BudgetKind, number> = perKind(() => 0);
  #spent: BudgetCode | undefined;

  constructor(limits: SkillLimits) {
    this.#limits = perKind((kind) => ROWS[kind].limit(limits));
  }

  /** Books `amount`; false means the limit is exceeded. What is used never exceeds the limit in `used`. */
  charge(kind: BudgetKind, amount: number): boolean {
    const wanted = this.#used[kind] + amount;
    this.#used[kind] = Math.min(wanted, this.#limits[kind]);
    if (wanted <= this.#limits[kind]) return true;
    this.#spent ??= ROWS[kind].code;
    return false;
  }

  /** The first budget that was overdrawn; the reason of the kill, decided by the host's own count. */
  get spent(): BudgetCode | undefined {
    return this.#spent;
  }

  used(kind: BudgetKind): number {
    return this.#used[kind];
  }

  get usage(): BudgetUsage {
    return { ...this.#used };
  }

  limit(kind: BudgetKind): number {
    return this.#limits[kind];
  }
}

function perKind(value: (kind: BudgetKind) => number): Record<BudgetKind, number> {
  return {
    brokerCalls: value('brokerCalls'),
    logBytes: value('logBytes'),
    outputBytes: value('outputBytes'),
    fsReadBytes: value('fsReadBytes'),
    fsWriteBytes: value('fsWriteBytes'),
    files: value('files'),
    fetches: value('fetches'),
    bytesIn: value('bytesIn'),
    bytesOut: value('bytesOut'),
  };
}
