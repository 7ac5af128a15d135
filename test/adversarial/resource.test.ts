import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ManifestInvalid } from '@carapace/manifest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AttackCase, expectStopped } from './attack-case.ts';
import { BOMB_CASES } from './corpus/resource/bombs.ts';
import { FLOOD_CASES, fileFloodCases } from './corpus/resource/floods.ts';
import { SPIN_CASES } from './corpus/resource/spins.ts';
import { openSandbox, type Sandbox, skillOf } from './sandbox.ts';

const MIB = 2 ** 20;
const PAGE_BYTES = 4096;
/** What the host may grow by over one attack, its own garbage included. */
const HOST_GROWTH_MIB = 50;
const TIMEOUT_MS = 90_000;

const docs = mkdtempSync(join(tmpdir(), 'carapace-resource-'));
writeFileSync(join(docs, 'a.txt'), 'text');

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(async () => {
  await sandbox.expectUnharmed();
  await sandbox[Symbol.asyncDispose]();
  rmSync(docs, { recursive: true });
});

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

/** Resident size of this process in MiB, after a collection. */
function hostMiB(): number {
  if (typeof collectGarbage === 'function') collectGarbage();
  const pages = Number(readFileSync('/proc/self/statm', 'utf8').split(' ')[1]);
  return (pages * PAGE_BYTES) / MIB;
}

/** Timers and pipes of this process: a call that ended must have taken its own along. */
function hostResources(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}

function named(rows: readonly AttackCase[]): readonly (readonly [string, string, AttackCase])[] {
  return rows.map((row) => [row.id, row.title, row]);
}

async function expectHarmless(row: AttackCase): Promise<void> {
  const before = hostMiB();
  const timers = hostResources();
  await expectStopped(sandbox, row);
  expect(hostMiB() - before).toBeLessThan(HOST_GROWTH_MIB);
  // By turns of the loop: waiting with a timer would be one itself. The pool has some of its own that come and go.
  for (const end = performance.now() + 10_000; hostResources() > timers && performance.now() < end; )
    await new Promise((resolve) => setImmediate(resolve));
  expect(hostResources()).toBeLessThanOrEqual(timers);
}

describe('what never comes back', () => {
  it.each(named(SPIN_CASES))('%s %s', (_id, _title, row) => expectHarmless(row), TIMEOUT_MS);
});

describe('what grows', () => {
  it.each(named(BOMB_CASES))('%s %s', (_id, _title, row) => expectHarmless(row), TIMEOUT_MS);
});

describe('what floods', () => {
  it.each(named([...FLOOD_CASES, ...fileFloodCases(docs)]))(
    '%s %s',
    (_id, _title, row) => expectHarmless(row),
    TIMEOUT_MS,
  );
});

describe('RS-088 a processor budget below what a worker needs to start', () => {
  const tiny = (cpuMs: number): AttackCase => ({
    id: 'RS-088',
    title: 'small',
    run: 'return 1;',
    limits: { cpuMs },
    expect: { kind: 'value', value: 1 },
  });

  it.each([0, 1, 9])('%i ms is refused when the manifest is read, not met by chance at run time', (cpuMs) => {
    expect(() => skillOf(tiny(cpuMs))).toThrow(ManifestInvalid);
  });

  it('the least that is allowed is enough: the start is not the call’s', async () => {
    for (let call = 0; call < 20; call += 1) await expectStopped(sandbox, tiny(10));
  });
});
