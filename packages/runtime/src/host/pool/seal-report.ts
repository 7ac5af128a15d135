import type { JailLayers, LayerReport } from '../../jail/jail-spec.ts';
import type { PoolPowers } from './pool-powers.ts';
import { openProcessMeter, type ProcessMeter } from './process-meter.ts';

/**
 * Whether a worker's second filter stands, by the kernel's count of filters and not by the worker's word: the worker is made
 * in this process and inherits its filters, the launcher adds one and the worker the other. To be read when the worker says
 * that it is ready, before it has seen any skill. Filters cannot be taken off again, and one that is put on all
 * threads at once counts for each thread.
 */
export function readSeal(powers: PoolPowers, worker: ProcessMeter, wanted: JailLayers): readonly LayerReport[] {
  if (!wanted.sealed) return [];
  const own = ownFilters(powers);
  const its = worker.readFilters();
  if (own === undefined || its === undefined)
    return [absent('the kernel does not tell how many filters a process has')];
  const missing = own + (wanted.seccomp ? 2 : 1) - its;
  if (missing > 0) return [absent('the worker did not put the second filter on itself')];
  return [
    {
      layer: 'sealed',
      state: 'enforced',
      detail: 'no open, lookup, exec, mapping of files or new descriptor since boot',
    },
  ];
}

function ownFilters(powers: PoolPowers): number | undefined {
  const meter = openProcessMeter(powers, process.pid);
  try {
    return meter.readFilters();
  } finally {
    meter.close();
  }
}

function absent(detail: string): LayerReport {
  return { layer: 'sealed', state: 'absent', detail };
}
