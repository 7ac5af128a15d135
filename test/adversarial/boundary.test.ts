import { afterAll, beforeAll, describe, it } from 'vitest';
import { expectStopped } from './attack-case.ts';
import { BOUNDARY_CASES } from './corpus/boundary.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

describe('BD: values and errors at the boundary', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ spares: 2 });
  });
  afterAll(async () => {
    await sandbox.expectUnharmed();
    await sandbox[Symbol.asyncDispose]();
  });

  it.each(BOUNDARY_CASES.map((row) => [row.id, row.title, row] as const))('%s %s', async (_id, _title, row) => {
    await expectStopped(sandbox, row);
  });
});
