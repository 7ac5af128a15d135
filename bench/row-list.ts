import type { BenchRow } from './harness/row.ts';
import { barePipe } from './rows/bare-pipe.ts';
import { bootSpare } from './rows/boot-spare.ts';
import { callCold } from './rows/call-cold.ts';
import { callThroughput } from './rows/call-throughput.ts';
import { callWarm } from './rows/call-warm.ts';
import { fsRead } from './rows/fs-read-4k.ts';
import { importCost } from './rows/import-cost.ts';
import { killMemoryBomb } from './rows/kill-memory-bomb.ts';
import { killOutputFlood } from './rows/kill-output-flood.ts';
import { killSpin } from './rows/kill-spin.ts';
import { nodeChild, nodePermissionChild } from './rows/node-child.ts';
import { runtimeStart } from './rows/runtime-start.ts';
import { spareMemory } from './rows/spare-memory.ts';

/** In the order of measurement: what a ratio is taken to comes before what is compared with it. */
export const ROWS: readonly BenchRow[] = [
  barePipe,
  nodeChild,
  nodePermissionChild,
  callWarm,
  callCold,
  callThroughput,
  bootSpare,
  runtimeStart,
  fsRead,
  killSpin,
  killMemoryBomb,
  killOutputFlood,
  spareMemory,
  importCost,
];
