import type { SkillLimits } from '@carapace/manifest';
import type { BudgetCode } from '../../budget/call-budget.ts';
import type { CallEnd } from './call-outcome.ts';

interface Figures {
  readonly limit: (limits: SkillLimits) => number;
  readonly used: (usage: CallEnd['usage']) => number;
}

/** For each spent budget, the limit as the manifest writes it and what was used, in the same unit. */
const FIGURES: Readonly<Record<BudgetCode, Figures>> = {
  ERR_CARAPACE_BUDGET_WALL: { limit: ({ wallMs }) => wallMs, used: ({ wallMs }) => wallMs },
  ERR_CARAPACE_BUDGET_CPU: { limit: ({ cpuMs }) => cpuMs, used: ({ cpuMs }) => cpuMs },
  ERR_CARAPACE_BUDGET_MEMORY: { limit: ({ memoryMiB }) => memoryMiB, used: ({ peakMemoryMiB }) => peakMemoryMiB },
  ERR_CARAPACE_BUDGET_BROKER_CALLS: { limit: ({ brokerCalls }) => brokerCalls, used: ({ brokerCalls }) => brokerCalls },
  ERR_CARAPACE_BUDGET_LOGS: { limit: ({ logKiB }) => logKiB, used: ({ logBytes }) => Math.ceil(logBytes / 1024) },
  ERR_CARAPACE_BUDGET_OUTPUT: {
    limit: ({ outputKiB }) => outputKiB,
    used: ({ outputBytes }) => Math.ceil(outputBytes / 1024),
  },
  ERR_CARAPACE_BUDGET_FS_READ: {
    limit: ({ fsReadMiB }) => fsReadMiB,
    used: ({ fsReadBytes }) => Math.ceil(fsReadBytes / 2 ** 20),
  },
  ERR_CARAPACE_BUDGET_FS_WRITE: {
    limit: ({ fsWriteMiB }) => fsWriteMiB,
    used: ({ fsWriteBytes }) => Math.ceil(fsWriteBytes / 2 ** 20),
  },
  ERR_CARAPACE_BUDGET_FETCHES: { limit: ({ fetches }) => fetches, used: ({ fetches }) => fetches },
  ERR_CARAPACE_BUDGET_BYTES_IN: {
    limit: ({ bytesInMiB }) => bytesInMiB,
    used: ({ bytesIn }) => Math.ceil(bytesIn / 2 ** 20),
  },
  ERR_CARAPACE_BUDGET_BYTES_OUT: {
    limit: ({ bytesOutKiB }) => bytesOutKiB,
    used: ({ bytesOut }) => Math.ceil(bytesOut / 1024),
  },
  ERR_CARAPACE_BUDGET_FILES: { limit: ({ files }) => files, used: ({ files }) => files },
};

export function limitOf(code: BudgetCode, limits: SkillLimits): number {
  return FIGURES[code].limit(limits);
}

export function usedOf(code: BudgetCode, end: CallEnd): number {
  return FIGURES[code].used(end.usage);
}
