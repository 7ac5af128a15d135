import type { ToolResult } from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSandbox, type Sandbox } from './sandbox.ts';

describe.each([
  ['room for several workers', { spares: 1, maxWorkers: 4 }],
  ['room for one worker', { spares: 1, maxWorkers: 1 }],
])('calls of two worker profiles with %s', (_title, options) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox(options);
  });
  afterAll(() => sandbox[Symbol.asyncDispose]());

  const call = (kind: string): Promise<ToolResult> =>
    sandbox.run({ id: 'profiles', title: kind, jit: kind === 'jit', input: { kind }, run: 'return input.kind;' });

  it('are all served, whatever is being booted when they come', async () => {
    const orders = ['plain', 'jit', 'jit', 'plain', 'jit', 'plain'];
    const results = await Promise.all(orders.map(call));

    expect(results.map(({ structured }) => structured)).toEqual(orders);
    await sandbox.expectUnharmed();
  });

  it('are served when a spare of the other profile has just been ordered', async () => {
    for (const kind of ['plain', 'jit', 'plain', 'jit']) expect((await call(kind)).structured).toBe(kind);
  });
});
