import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { createMemorySink, createRuntime, type Runtime, type SkillHandle } from '@carapace/runtime';
import { Chaos } from './chaos.ts';
import { inspect } from './inspector.ts';
import { Ledger } from './ledger.ts';
import { type Holdings, measureHoldings } from './machine.ts';
import { Player } from './player.ts';
import { createRandom } from './random.ts';
import { SCENARIOS } from './scenario.ts';
import { skillFor } from './skills.ts';
import { rowsOf, type Summary } from './summary.ts';

export interface SoakOptions {
  readonly seconds: number;
  readonly seed: number;
  /** Ends the soak early; the summary says what was seen so far. */
  readonly signal: AbortSignal;
}

/** Callers at the same time, on two cores: some always wait. */
const LANES = 6;
const POOL = { spares: 1, maxSpares: 3, maxWorkers: 6, maxQueue: 24 };
const INSPECTION_MS = 250;
/** The host itself, its audit ring and what a crowd of results takes on its way through. */
const RESIDENT_ALLOWANCE_MIB = 250;
/** The records of the trail in memory, compiled code and the like. V8 lets the resident size grow by far more and keeps it. */
const LIVE_GROWTH_MIB = 32;
const MOST_DELAY_MS = 50;
const RESOLUTION_MS = 5;
const SETTLE_MS = 10_000;

/** Plays honest and hostile calls against one runtime for a while, and says what of it did not go as it must. */
export async function soak({ seconds, seed, signal }: SoakOptions): Promise<Summary> {
  const ledger = new Ledger();
  const random = createRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'carapace-soak-'));
  const temporary = join(folder, 'temporary');
  mkdirSync(temporary);
  // Whatever is made in the place for temporary files from now on was made by this process.
  process.env['TMPDIR'] = temporary;
  writeFileSync(join(folder, 'small.txt'), 'text');
  writeFileSync(join(folder, 'large.bin'), Buffer.alloc(2 ** 20, 'x'));
  // Once for everything that is loaded and opened only once, whatever comes after.
  await using first = await createRuntime({ spares: 1 });
  await first.close();
  const before = measureHoldings();
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const runtime = await createRuntime({ ...POOL, isolation: 'session', audit: createMemorySink(1_000) });
  const skills = await loadAll(runtime, folder);
  const chaos = new Chaos(createRandom(random.integer(0, 2 ** 31)), ledger);
  const end = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);
  const bounds = { ...POOL, maxResidentMiB: before.residentMiB + RESIDENT_ALLOWANCE_MIB };
  const inspecting = setInterval(() => inspect(runtime, ledger, bounds), INSPECTION_MS);
  chaos.start();
  histogram.enable();
  const lanes = Array.from({ length: LANES }, async () => {
    const player = new Player({ random: createRandom(random.integer(0, 2 ** 31)), ledger, chaos, skills });
    while (!end.aborted) await player.turn();
  });
  await Promise.all(lanes);
  histogram.disable();
  chaos.stop();
  clearInterval(inspecting);
  await closeAll(runtime, skills, ledger);
  const after = await settle(before);
  rmSync(folder, { recursive: true });
  compare(before, after, ledger);
  const p99 = toMs(histogram.percentile(99));
  ledger.hold(p99 < MOST_DELAY_MS, `the event loop was ${p99} ms late in one of a hundred samples`);
  return {
    seed,
    seconds: Math.round((performance.now() - ledger.startedAt) / 1000),
    calls: ledger.calls,
    kills: ledger.kills,
    scenarios: rowsOf(ledger),
    eventLoopDelayMs: { p50: toMs(histogram.percentile(50)), p99, max: toMs(histogram.max) },
    before,
    after,
    faults: ledger.faults,
    suppressedFaults: ledger.suppressedFaults,
  };
}

async function loadAll(runtime: Runtime, docs: string): Promise<ReadonlyMap<string, SkillHandle>> {
  const skills = new Map<string, SkillHandle>();
  for (const scenario of SCENARIOS) {
    const skill = await runtime.load(skillFor(scenario), { permissions: 'declared', mounts: { docs } });
    skills.set(scenario.name, skill);
  }
  return skills;
}

/** Closes everything; the figures of the runtime must then be those of the book. */
async function closeAll(runtime: Runtime, skills: ReadonlyMap<string, SkillHandle>, ledger: Ledger): Promise<void> {
  await untilIdle(runtime);
  const { calls, busy, waiting } = runtime.stats();
  ledger.hold(busy === 0 && waiting === 0, `calls are still at work: ${busy} busy, ${waiting} waiting`);
  const ended = calls.succeeded + calls.failed + calls.rejected;
  ledger.hold(ended === calls.started, `${calls.started} calls were started, ${ended} have ended`);
  ledger.hold(calls.started <= ledger.calls, `${calls.started} calls were started, ${ledger.calls} were made`);
  for (const skill of skills.values()) await skill.close();
  await runtime.close();
}

/** A worker whose call has ended may still be being cleaned or reaped. */
async function untilIdle(runtime: Runtime): Promise<void> {
  for (const end = performance.now() + SETTLE_MS; performance.now() < end && runtime.stats().busy > 0; )
    await delay(20);
}

/** Waits until descriptors, processes and timers are as before, for a while. */
async function settle(before: Holdings): Promise<Holdings> {
  for (const end = performance.now() + SETTLE_MS; performance.now() < end; ) {
    const now = measureHoldings();
    if (now.descriptors <= before.descriptors && now.processes === 0 && now.timers <= before.timers) return now;
    await delay(100);
  }
  return measureHoldings();
}

function compare(before: Holdings, after: Holdings, ledger: Ledger): void {
  ledger.hold(after.processes === 0, `${after.processes} processes are left`);
  ledger.hold(
    after.descriptors <= before.descriptors,
    `${after.descriptors - before.descriptors} descriptors are left`,
  );
  ledger.hold(after.timers <= before.timers, `${after.timers - before.timers} timers are left`);
  ledger.hold(after.temporaryFiles.length === 0, `temporary files are left: ${after.temporaryFiles.join(', ')}`);
  const growth = after.liveMiB - before.liveMiB;
  ledger.hold(growth < LIVE_GROWTH_MIB, `the host holds ${growth} MiB more`);
}

/** The histogram measures from sample to sample, so it holds the time between two as well. */
function toMs(nanoseconds: number): number {
  return Math.round(Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS) * 10) / 10;
}
