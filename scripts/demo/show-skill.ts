import { highestRisk, summarisePermissions } from '@carapace/manifest';
import type { SkillHandle } from '@carapace/runtime';
import type { DemoStep } from './demo-step.ts';

export function askedFor({ manifest }: SkillHandle, granted: string): DemoStep {
  const permissions = summarisePermissions(manifest.permissions, manifest.isolation);
  return {
    kind: 'asked',
    skill: manifest.name,
    version: manifest.version,
    description: manifest.description,
    risk: highestRisk(permissions),
    permissions,
    granted,
  };
}

export async function call(
  skill: SkillHandle,
  tool: string,
  input: object,
  signal: AbortSignal,
): Promise<Extract<DemoStep, { kind: 'called' }>> {
  const start = performance.now();
  const result = await skill.call(tool, input, { callId: `toolu_demo_${skill.manifest.name}_${tool}`, signal });
  return { kind: 'called', tool, input, ms: Math.round(performance.now() - start), result };
}
