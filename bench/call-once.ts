import type { CallOptions, ResultCode, SkillHandle } from '@carapace/runtime';

export interface TimedCall extends CallOptions {
  /** The code it has to end with. Default none: it has to succeed. */
  readonly expected?: ResultCode;
}

/** One call, in ms, with its outcome checked: a failing call must not pass for a fast one. */
export async function timeCall(skill: SkillHandle, input: unknown, options: TimedCall = {}): Promise<number> {
  const { expected, ...rest } = options;
  const startedAt = performance.now();
  const { code } = await skill.call('bench', input, rest);
  const took = performance.now() - startedAt;
  if (code !== expected)
    throw new Error(`Cannot count call: it ended with "${code ?? 'ok'}", not "${expected ?? 'ok'}"`);
  return took;
}
