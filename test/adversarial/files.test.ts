import { afterAll, beforeAll, describe, it } from 'vitest';
import { FILE_CASES } from './corpus/files.ts';
import { expectContained } from './file-case.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

describe('FS: the files of the host', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ spares: 2 });
  });
  afterAll(async () => {
    await sandbox.expectUnharmed();
    await sandbox[Symbol.asyncDispose]();
  });

  it.each(FILE_CASES.map((row) => [row.id, row.title, row] as const))('%s %s', async (_id, _title, row) => {
    await expectContained(sandbox, row);
  });
});
