import { fileURLToPath } from 'node:url';
import { highestRisk, summarisePermissions } from '@carapace/manifest';
import { createMemorySink, createRuntime, type Runtime, type SkillHandle } from '@carapace/runtime';
import { ATTACKS, judge } from '../../test/adversarial/skills/hostile/attacks.ts';
import type { DemoStep } from './demo-step.ts';

const DOCUMENTS = fileURLToPath(new URL('../../examples/skills/documents', import.meta.url));
const HOSTILE = fileURLToPath(new URL('../../test/adversarial/skills/hostile', import.meta.url));
const FILES = fileURLToPath(new URL('../../examples/files', import.meta.url));

const CALLS: readonly { readonly tool: string; readonly input: object }[] = [
  { tool: 'list', input: {} },
  { tool: 'search', input: { query: 'table saw', limit: 4 } },
  { tool: 'read', input: { file: 'reports/annual-report-2025.pdf', from: 3, to: 3 } },
];

/** The main job from end to end, on real files and the real jail. Every step is a fact that was just observed. */
export async function* demoSteps(signal: AbortSignal): AsyncGenerator<DemoStep> {
  const audit = createMemorySink();
  const began = performance.now();
  await using runtime = await createRuntime({ audit });
  const startMs = Math.round(performance.now() - began);
  await using documents = await runtime.load(DOCUMENTS, { permissions: 'declared', mounts: { docs: FILES } });
  yield asked(documents, 'examples/files');
  for (const { tool, input } of CALLS) {
    const start = performance.now();
    const result = await documents.call(tool, input, { callId: `toolu_demo_${tool}`, signal });
    yield { kind: 'called', tool, input, ms: Math.round(performance.now() - start), result };
  }
  yield* attacks(runtime, signal);
  const { protection, selfTest } = runtime;
  yield { kind: 'protected', startMs, protection, attempts: selfTest.attempts };
  yield { kind: 'audited', events: audit.events() };
}

function asked({ manifest }: SkillHandle, folder: string): DemoStep {
  const permissions = summarisePermissions(manifest.permissions, manifest.isolation);
  return {
    kind: 'asked',
    skill: manifest.name,
    version: manifest.version,
    description: manifest.description,
    risk: highestRisk(permissions),
    permissions,
    folder,
  };
}

/** The hostile skill gets the same folder as the honest one: what it could reach is what the honest one was given. */
async function* attacks(runtime: Runtime, signal: AbortSignal): AsyncGenerator<DemoStep> {
  await using hostile = await runtime.load(HOSTILE, { permissions: 'declared', mounts: { docs: FILES } });
  for (const attack of ATTACKS) {
    const start = performance.now();
    const result = await hostile.call(attack.tool, {}, { signal });
    const ms = Math.round(performance.now() - start);
    yield {
      kind: 'attacked',
      tool: attack.tool,
      tries: attack.tries,
      ms,
      stopped: judge(attack, result),
      by: attack.stoppedBy,
      code: result.code,
    };
  }
}
