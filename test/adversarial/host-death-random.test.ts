import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { descendantsOf, isRunning, isStopped, startHost } from './host-program.ts';
import { inLanes } from './jailed.ts';

/** `npm test` has 25 hosts die; CARAPACE_HOST_DEATHS says how many it shall be. */
const DEATHS = Number(process.env['CARAPACE_HOST_DEATHS'] ?? 25);
/** The longest a host lives on after its calls run, in ms. Half of them die within the first moments. */
const LONGEST_LIFE_MS = 400;
const SEED = 149_000_149;

const folder = mkdtempSync(join(tmpdir(), 'carapace-host-death-'));
const docs = join(folder, 'docs');
mkdirSync(docs);
writeFileSync(join(docs, 'a.txt'), 'text');
afterAll(() => rmSync(folder, { recursive: true }));

/** Moments of death in ms, the same in every run (a linear congruential generator). */
function moments(count: number): readonly number[] {
  const delays: number[] = [];
  for (let seed = SEED; delays.length < count; seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31)
    delays.push(Math.floor((seed / 2 ** 31) ** 2 * LONGEST_LIFE_MS));
  return delays;
}

interface Death {
  readonly delay: number;
  readonly workers: readonly number[];
  readonly survivors: readonly number[];
  readonly records: number;
  readonly trail: string;
}

async function dieAfter(delay: number, index: number): Promise<Death> {
  const trail = join(folder, `${index}.jsonl`);
  await using host = startHost('random-death', { args: [trail, docs] });
  expect(await host.next()).toEqual({ running: 3 });
  await new Promise((resolve) => setTimeout(resolve, delay));
  // Held still for a moment, so that it starts no worker between the count and the kill.
  host.child.kill('SIGSTOP');
  await vi.waitFor(() => expect(isStopped(host.pid)).toBe(true), { timeout: 5_000, interval: 1 });
  const workers = descendantsOf(host.pid);
  host.child.kill('SIGKILL');
  await host.exited;
  await vi
    .waitFor(() => expect(workers.filter(isRunning)).toEqual([]), { timeout: 5_000, interval: 5 })
    .catch(() => undefined);
  const survivors = workers.filter(isRunning);
  for (const pid of survivors) process.kill(pid, 'SIGKILL');
  const lines = readFileSync(trail, 'utf8').split('\n');
  // What stands behind the last line feed was being written: it is whole records that must be whole.
  return { delay, workers, survivors, records: lines.length - 1, trail: faultIn(lines.slice(0, -1)) };
}

/** Every record parses, and none is missing between the first and the last. */
function faultIn(lines: readonly string[]): string {
  for (const [index, line] of lines.entries()) {
    const record: { seq?: unknown } = JSON.parse(line);
    if (record.seq !== index) return `record ${index} says that it is ${String(record.seq)}`;
  }
  return 'whole';
}

describe('IP-149 a host that is killed at a random moment in the middle of calls', () => {
  it(
    `${DEATHS} times leaves no worker, no file, and a trail that is whole up to its last complete record`,
    async () => {
      const deaths = await inLanes([...moments(DEATHS).entries()], ([index, delay]) => dieAfter(delay, index));
      expect(deaths.filter(({ survivors }) => survivors.length > 0)).toEqual([]);
      expect(deaths.filter(({ trail }) => trail !== 'whole')).toEqual([]);
      expect(deaths.filter(({ records }) => records < 3)).toEqual([]);
      // Between the end of one worker and the start of the next there may be none for a moment.
      expect(deaths.filter(({ workers }) => workers.length > 0).length).toBeGreaterThan(DEATHS / 2);
      expect(readdirSync(docs)).toEqual(['a.txt']);
      expect(readFileSync(join(docs, 'a.txt'), 'utf8')).toBe('text');
    },
    30_000 + DEATHS * 4_000,
  );
});
