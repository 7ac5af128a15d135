import { readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createMemorySink, createRuntime, type Runtime } from '@carapace/runtime';
import { describe, expect, it, vi } from 'vitest';
import { inlineSkill } from '../inline-skill.ts';

/**
 * Many calls in a row through one runtime: what one call leaves behind, many would pile up. 100 unless CARAPACE_SOAK_CALLS says
 * more; `npm run soak` mixes calls of all sorts for longer.
 */
const CALLS = Number(process.env['CARAPACE_SOAK_CALLS'] ?? 100);
/**
 * Calls before the first measurement: code that is compiled, tables and buffers that grow to their usual size. The resident
 * size climbs by some 12 MiB over the first hundreds of calls and then stays, so the long run looks at it from there.
 */
const WARM_UP = CALLS < 1_000 ? 50 : 500;
/** Small, and full before the first measurement: its records must not pass for a leak. */
const AUDIT_RING = 100;
/** V8 gives memory back when it likes, and the heap of a test runner is not still. */
const RESIDENT_TOLERANCE_MIB = 20;
const PER_CALL_MS = 2_000;

const MIB = 2 ** 20;
const PAGE_BYTES = 4096;

interface Figures {
  readonly residentMiB: number;
  readonly heapMiB: number;
  readonly descriptors: number;
  readonly children: number;
  readonly timers: number;
}

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

function measure(): Figures {
  if (typeof collectGarbage === 'function') collectGarbage();
  const pages = Number(readFileSync('/proc/self/statm', 'utf8').split(' ')[1]);
  return {
    residentMiB: Math.round((pages * PAGE_BYTES) / MIB),
    heapMiB: Math.round(process.memoryUsage().heapUsed / MIB),
    descriptors: readdirSync('/proc/self/fd').length,
    children: readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').length - 1,
    timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
  };
}

const HELLO = inlineSkill({
  name: 'hello',
  bundle: "export default { tools: { hello: { run: ({ name }) => ({ greeting: 'Hello, ' + name }) } } };",
  tools: { hello: { input: { type: 'object', properties: { name: { type: 'string' } } } } },
  limits: { callsPerMinute: 6_000 },
});

async function callTimes(runtime: Runtime, count: number): Promise<void> {
  await using skill = await runtime.load(HELLO);
  for (let call = 0; call < count; call += 1) {
    const result = await skill.call('hello', { name: `caller ${call}` });
    expect(result.structured).toEqual({ greeting: `Hello, caller ${call}` });
  }
}

/** Idle again: both spares booted, everybody else reaped. */
function settled(runtime: Runtime): Promise<void> {
  return vi.waitFor(() => expect(runtime.stats()).toMatchObject({ spares: 2, alive: 2, waiting: 0 }), {
    timeout: 20_000,
    interval: 20,
  });
}

describe(`${CALLS} calls in a row`, () => {
  it(
    'leave the host as it was: memory, descriptors, processes, timers',
    async () => {
      await using runtime = await createRuntime({ spares: 2, audit: createMemorySink(AUDIT_RING) });
      await callTimes(runtime, WARM_UP);
      await settled(runtime);
      const before = measure();
      await callTimes(runtime, CALLS);
      await settled(runtime);
      const after = measure();
      process.stdout.write(`soak ${CALLS} calls ${JSON.stringify({ before, after })}\n`);
      expect(after).toMatchObject({ descriptors: before.descriptors, children: 2 });
      expect(after.timers).toBeLessThanOrEqual(before.timers);
      expect(after.residentMiB - before.residentMiB).toBeLessThan(RESIDENT_TOLERANCE_MIB);
    },
    60_000 + CALLS * PER_CALL_MS,
  );
});
