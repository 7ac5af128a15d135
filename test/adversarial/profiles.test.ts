import { createRuntime, type Runtime, type ToolResult } from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childProcesses, grantOf, skillOf } from './sandbox.ts';
import { callOptions, underVariant } from './variant.ts';

describe.each([
  ['room for several workers', { spares: 1, maxWorkers: 4 }],
  ['room for one worker', { spares: 1, maxWorkers: 1 }],
])('calls of two worker profiles with %s', (_title, options) => {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await createRuntime(underVariant(options));
  });
  afterAll(async () => {
    await runtime.close();
    expect(childProcesses()).toEqual([]);
  });

  async function call(kind: string): Promise<ToolResult> {
    const attack = { id: 'profiles', title: kind, jit: kind === 'jit', run: 'return input.kind;' };
    await using skill = await runtime.load(skillOf(attack), grantOf(attack));
    return await skill.call('attack', { kind }, callOptions());
  }

  it('are all served, whatever is being booted when they come', async () => {
    const orders = ['plain', 'jit', 'jit', 'plain', 'jit', 'plain'];
    const results = await Promise.all(orders.map(call));

    expect(results.map(({ structured }) => structured)).toEqual(orders);
  });

  it('are served when a spare of the other profile has just been ordered', async () => {
    for (const kind of ['plain', 'jit', 'plain', 'jit']) expect((await call(kind)).structured).toBe(kind);
  });
});
