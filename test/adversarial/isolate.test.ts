import { afterAll, beforeAll, describe, it } from 'vitest';
import { expectStopped } from './attack-case.ts';
import { ISOLATE_CASES } from './corpus/isolate.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

describe('IS: surface and realm of the isolate', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ spares: 2 });
  });
  afterAll(async () => {
    await sandbox.expectUnharmed();
    await sandbox[Symbol.asyncDispose]();
  });

  it.each(ISOLATE_CASES.map((row) => [row.id, row.title, row] as const))('%s %s', async (_id, _title, row) => {
    await expectStopped(sandbox, row);
  });
});
