import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { floodCases } from './corpus/protocol/traffic.ts';
import { PROTOCOL_CASES } from './corpus/protocol.ts';
import { HOSTILE } from './hostile-runtime.ts';
import { expectJudged, type ProtocolCase } from './protocol-case.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

const MIB = 2 ** 20;
/** What one lying worker may cost the host, its own garbage included; the length it claims may be 4 GiB. */
const HOST_GROWTH_MIB = 50;
const TIMEOUT_MS = 60_000;

const docs = mkdtempSync(join(tmpdir(), 'carapace-protocol-'));
writeFileSync(join(docs, 'large.bin'), Buffer.alloc(4 * MIB, 'x'));

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ spares: 2 }, HOSTILE);
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
  return (Number(readFileSync('/proc/self/statm', 'utf8').split(' ')[1]) * 4096) / MIB;
}

async function expectHarmless(row: ProtocolCase): Promise<void> {
  await sandbox.expectReady();
  const before = hostMiB();
  await expectJudged(sandbox, row);
  expect(hostMiB() - before).toBeLessThan(HOST_GROWTH_MIB);
  await sandbox.expectSettled();
}

function named(rows: readonly ProtocolCase[]): readonly (readonly [string, string, ProtocolCase])[] {
  return rows.map((row) => [row.id, row.title, row]);
}

describe('a hostile worker', () => {
  it.each(named(PROTOCOL_CASES))('%s %s', (_id, _title, row) => expectHarmless(row));

  it.each(named(floodCases(docs)))('%s %s', (_id, _title, row) => expectHarmless(row), TIMEOUT_MS);
});
