import { createRuntime } from '@carapace/runtime';
import { describe, expect, it } from 'vitest';
import { inlineSkill } from '../inline-skill.ts';

const BUNDLE = `export default { tools: {
  backtrack() { return new URLPattern({ pathname: '/((?:(?:a|b)+)+)c' }).test({ pathname: '/' + 'ab'.repeat(40) }); },
  match() { return new URLPattern({ pathname: '/:id' }).test({ pathname: '/7' }); },
} };`;

const SKILL = inlineSkill({
  name: 'matcher',
  bundle: BUNDLE,
  tools: { backtrack: {}, match: {} },
  limits: { cpuMs: 300, wallMs: 20_000 },
});

describe('a URLPattern that backtracks for ever', () => {
  it('spends the processor time of its own call and nothing else', async () => {
    await using runtime = await createRuntime({ spares: 1 });
    await using skill = await runtime.load(SKILL);
    const { code, usage } = await skill.call('backtrack', {});
    expect(code).toBe('ERR_CARAPACE_BUDGET_CPU');
    expect(usage.cpuMs).toBeGreaterThanOrEqual(300);
    expect((await skill.call('match', {})).structured).toBe(true);
  });
});
