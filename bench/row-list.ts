import type { BenchRow } from './harness/row.ts';
import { barePipe } from './rows/bare-pipe.ts';
import { BOOT_PHASES, WORKER_PHASES } from './rows/boot-phases.ts';
import { bootSpare, bootSpareNoNamespaces } from './rows/boot-spare.ts';
import { callCold, callColdNoNamespaces } from './rows/call-cold.ts';
import { callChecks, callResult, callWorker } from './rows/call-phases.ts';
import { callWarm } from './rows/call-warm.ts';
import {
  bareFetchLarge,
  bareFetchSmall,
  fetchLarge,
  fetchLargeSecrets,
  fetchLargeStream,
  fetchOverhead,
  fetchSmall,
} from './rows/fetch.ts';
import { fsRead } from './rows/fs-read-4k.ts';
import { fsStream, nodeReadStream } from './rows/fs-stream.ts';
import { fsWrite } from './rows/fs-write-4k.ts';
import { growthDescriptors, growthMemory, growthProcesses } from './rows/growth.ts';
import { GUARDS } from './rows/guards.ts';
import { importCost } from './rows/import-cost.ts';
import { sessionWarm, skillWarm } from './rows/kept-worker.ts';
import { killMemoryBomb, killOutputFlood, killSpin } from './rows/kill.ts';
import { killFork } from './rows/kill-fork.ts';
import { killHostDelay } from './rows/kill-host-delay.ts';
import { commandVersion } from './rows/not-yet.ts';
import { bwrapNode } from './rows/peers/bwrap-node.ts';
import { denoChild } from './rows/peers/deno-child.ts';
import { isolatedVmFresh, isolatedVmWarm, quickjsFresh, quickjsWarm } from './rows/peers/in-process.ts';
import { nodeChild, nodePermissionChild } from './rows/peers/node-child.ts';
import { secureExecCold, secureExecWarm } from './rows/peers/secure-exec.ts';
import { workerdCold, workerdWarm } from './rows/peers/workerd.ts';
import { runtimeStart } from './rows/runtime-start.ts';
import { spareMemory } from './rows/spare-memory.ts';
import { callThroughput, sessionThroughput, skillThroughput } from './rows/throughput.ts';

/** In the order of measurement: what is compared stands close together, so that a machine that drifts changes both. */
export const ROWS: readonly BenchRow[] = [
  [nodeChild, nodePermissionChild, bwrapNode, denoChild, workerdCold, secureExecCold],
  [callWarm, callCold, callColdNoNamespaces],
  [isolatedVmFresh, quickjsFresh, secureExecWarm, skillWarm],
  [isolatedVmWarm, quickjsWarm, workerdWarm, barePipe, sessionWarm],
  [callThroughput, skillThroughput, sessionThroughput],
  [bootSpare, bootSpareNoNamespaces, runtimeStart],
  [fsRead, fsWrite, nodeReadStream, fsStream],
  [bareFetchSmall, fetchSmall, fetchOverhead],
  [bareFetchLarge, fetchLarge, fetchLargeStream, fetchLargeSecrets],
  [killSpin, killMemoryBomb, killOutputFlood, killFork, killHostDelay],
  [spareMemory, growthMemory, growthDescriptors, growthProcesses],
  [importCost, commandVersion],
  BOOT_PHASES,
  GUARDS,
  [callChecks, callWorker, ...WORKER_PHASES, callResult],
].flat();
