import type { LayerReport, ProcessLimits } from './jail-spec.ts';
import { syscall } from './kernel.ts';

const RESOURCE = {
  cpu: 0,
  fileSize: 1,
  core: 4,
  openFiles: 7,
  lockedMemory: 8,
  addressSpace: 9,
  messageQueue: 12,
} as const;

/**
 * Kernel limits behind the host's own budgets: they hold when the host is too busy to look. RLIMIT_NPROC counts per user
 * and RLIMIT_DATA stops V8 from booting, so neither is used; the filter has no fork.
 */
export function applyProcessLimits(limits: ProcessLimits): LayerReport {
  // At the soft limit SIGXCPU, which the host can tell from its own SIGKILL; a second later SIGKILL, for who blocks it.
  set('cpu', limits.cpuSeconds, limits.cpuSeconds + 1);
  set('fileSize', 0);
  set('core', 0);
  set('openFiles', limits.openFiles);
  set('lockedMemory', 0);
  set('messageQueue', 0);
  set('addressSpace', limits.addressSpaceBytes);
  const mebibytes = Math.round(limits.addressSpaceBytes / 2 ** 20);
  return {
    layer: 'rlimits',
    state: 'enforced',
    detail: `address space ${mebibytes} MiB, cpu ${limits.cpuSeconds} s, ${limits.openFiles} descriptors, no file growth, no core dump`,
  };
}

/** Soft and hard limit alike, unless given: what the worker could raise again would be no limit. */
function set(resource: keyof typeof RESOURCE, soft: number, hard: number = soft): void {
  const limit = Buffer.alloc(16);
  limit.writeBigUInt64LE(BigInt(soft), 0);
  limit.writeBigUInt64LE(BigInt(hard), 8);
  syscall(`prlimit64 ${resource}`, 0, RESOURCE[resource], limit, null);
}
