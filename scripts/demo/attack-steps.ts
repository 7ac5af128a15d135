import { fileURLToPath } from 'node:url';
import type { Runtime, SkillHandle, ToolResult } from '@carapace/runtime';
import type { LoopbackService } from '../../examples/services/loopback-service.ts';
import { ATTACKS, type Attack, judge } from '../../test/adversarial/skills/hostile/attacks.ts';
import type { DemoStep } from './demo-step.ts';
import { FILES } from './documents-steps.ts';
import { THEFTS, type Theft, thiefSkill } from './thief-skill.ts';

const HOSTILE = fileURLToPath(new URL('../../test/adversarial/skills/hostile', import.meta.url));

/** Takes its whole time budget, so it runs beside the others and is told last. */
const SLOWEST = 'hang';

/**
 * The hostile skill gets the same folder as the honest one: what it could reach is what the honest one was given.
 *
 * @param service Answers for the one host that the thief was granted.
 */
export async function* attackSteps(
  runtime: Runtime,
  service: LoopbackService,
  signal: AbortSignal,
): AsyncGenerator<DemoStep> {
  await using hostile = await runtime.load(HOSTILE, { permissions: 'declared', mounts: { docs: FILES } });
  const slow = ATTACKS.filter(({ tool }) => tool === SLOWEST).map((attack) => attackWith(hostile, attack, signal));
  yield* theftSteps(runtime, service, signal);
  for (const attack of ATTACKS) {
    if (attack.tool !== SLOWEST) yield await attackWith(hostile, attack, signal);
  }
  yield* slow;
}

async function attackWith(hostile: SkillHandle, attack: Attack, signal: AbortSignal): Promise<DemoStep> {
  const { result, ms } = await timed(() => hostile.call(attack.tool, {}, { signal }));
  const { tool, tries, stoppedBy } = attack;
  return { kind: 'attacked', tool, tries, ms, stopped: judge(attack, result), by: stoppedBy, code: result.code };
}

/** What a skill with a token and a host tries; none of it may reach the service that answers for that host. */
async function* theftSteps(runtime: Runtime, service: LoopbackService, signal: AbortSignal): AsyncGenerator<DemoStep> {
  await using thief = await runtime.load(thiefSkill(), { permissions: 'declared' });
  for (const theft of THEFTS) {
    const before = service.requests.length;
    const { result, ms } = await timed(() => thief.call(theft.tool, {}, { signal }));
    yield theftStep(theft, result, ms, service.requests.length === before);
  }
}

function theftStep(theft: Theft, result: ToolResult, ms: number, nothingSent: boolean): DemoStep {
  const { tool, tries, stoppedBy, code } = theft;
  const stopped = nothingSent && result.structured === `refused: ${code}`;
  return {
    kind: 'attacked',
    tool,
    tries,
    ms,
    stopped,
    by: stoppedBy,
    code: stopped ? code : JSON.stringify(result.structured),
  };
}

async function timed(call: () => Promise<ToolResult>): Promise<{ readonly result: ToolResult; readonly ms: number }> {
  const start = performance.now();
  const result = await call();
  return { result, ms: Math.round(performance.now() - start) };
}
