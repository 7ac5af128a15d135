/**
 * Calls a skill thousands of times and looks again and again at what this process holds. Prints how much more each look found
 * than the first, which comes after a warm-up: by then the audit trail in memory is full and V8 has compiled what it compiles.
 */
import { readdirSync } from 'node:fs';
import type { Isolation } from '@carapace/manifest';
import { createRuntime, type Runtime } from '@carapace/runtime';
import { HELLO, HELLO_INPUT } from '../bench-skill.ts';
import { timeCall } from '../call-once.ts';
import { descendantsOf } from '../process-tree.ts';
import { until } from '../spare-ready.ts';

interface Held {
  readonly memory: number;
  readonly descriptors: number;
  readonly processes: number;
}

/** `rounds` of so many calls under each kept isolation, skills loaded and runtimes made. */
interface Work {
  readonly warmUpCalls: number;
  readonly rounds: number;
  readonly calls: number;
  readonly loads: number;
  readonly runtimes: number;
}

const { warmUpCalls, rounds, calls, loads, runtimes }: Work = JSON.parse(process.argv[2] ?? '{}');
const { gc } = globalThis;
if (gc === undefined) throw new Error('Cannot measure memory: --expose-gc is missing');

function look(): Held {
  gc?.();
  return {
    memory: process.memoryUsage.rss() / 2 ** 20,
    descriptors: readdirSync('/proc/self/fd').length,
    processes: descendantsOf(process.pid).length,
  };
}

async function callMany(runtime: Runtime, isolation: Isolation, count: number): Promise<void> {
  await using skill = await runtime.load(HELLO, { isolation });
  for (let index = 0; index < count; index += 1) await timeCall(skill, HELLO_INPUT, { session: 'growth' });
}

/** A worker that was retired is reaped a moment later, and its replacement boots. */
async function untilQuiet(runtime: Runtime): Promise<void> {
  await until('come to rest', () => runtime.stats().spares === 1 && runtime.stats().alive === 1);
}

async function round(runtime: Runtime): Promise<void> {
  await callMany(runtime, 'session', calls);
  await callMany(runtime, 'skill', calls);
  for (let index = 0; index < loads; index += 1) await callMany(runtime, 'skill', 1);
  for (let index = 0; index < runtimes; index += 1) {
    await using other = await createRuntime({ isolation: 'session', spares: 1 });
    await callMany(other, 'session', 1);
  }
  await untilQuiet(runtime);
}

await using runtime = await createRuntime({ isolation: 'session', spares: 1 });
await callMany(runtime, 'session', warmUpCalls);
await round(runtime);
const first = look();
const looks: Held[] = [];
while (looks.length < rounds) {
  await round(runtime);
  looks.push(look());
}
process.stdout.write(
  JSON.stringify({
    memory: looks.map(({ memory }) => memory - first.memory),
    descriptors: looks.map(({ descriptors }) => descriptors - first.descriptors),
    processes: looks.map(({ processes }) => processes - first.processes),
  }),
);
