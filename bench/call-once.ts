import type { ResultCode, SkillHandle } from '@carapace/runtime';

/** One call, in ms, with its outcome checked: a failing call must not pass for a fast one. */
export async function timeCall(skill: SkillHandle, input: unknown, expected?: ResultCode): Promise<number> {
  const startedAt = performance.now();
  const { code } = await skill.call('bench', input);
  const took = performance.now() - startedAt;
  if (code !== expected)
    throw new Error(`Cannot count call: it ended with "${code ?? 'ok'}", not "${expected ?? 'ok'}"`);
  return took;
}
