import { CALL_ALLOWANCE_MIB, IDLE_WORKER_MIB } from './memory-ledger.ts';

const MIB = 2 ** 20;
/** One worker with the smallest heap a manifest can ask for, 8 MiB: below that no call could ever run. */
export const LEAST_CEILING_MIB: number = IDLE_WORKER_MIB + CALL_ALLOWANCE_MIB + 8;

/** What the machine has and what the control group of this process allows, both in bytes; 0 when there is no such limit. */
export interface MachineMemory {
  readonly totalBytes: number;
  readonly constrainedBytes: number;
}

/** Half of the memory that this process can have, in MiB: the other half is the host's and its neighbours'. */
export function defaultMemoryCeilingMiB({ totalBytes, constrainedBytes }: MachineMemory): number {
  const constrained = constrainedBytes > 0 && constrainedBytes < totalBytes;
  const halfMiB = Math.floor((constrained ? constrainedBytes : totalBytes) / 2 / MIB);
  return Math.max(LEAST_CEILING_MIB, halfMiB);
}
