import { randomBytes } from 'node:crypto';
import { type ApprovalRequest, createMemorySink, createRuntime, environment } from '@carapace/runtime';
import { startGitHub } from '../../examples/services/github.ts';
import { startOpenMeteo } from '../../examples/services/open-meteo.ts';
import { attackSteps } from './attack-steps.ts';
import type { DemoStep } from './demo-step.ts';
import { documentsSteps } from './documents-steps.ts';
import { GITHUB_ORIGIN, issuesSteps } from './issues-steps.ts';
import { notesSteps } from './notes-steps.ts';
import { WEATHER_ORIGINS, weatherSteps } from './weather-steps.ts';

export interface DemoOptions {
  readonly signal: AbortSignal;
  /** Ask the real weather service, which needs the internet. */
  readonly live: boolean;
}

/** The main jobs from end to end, in the real jail. Every step is a fact that was just observed. */
export async function* demoSteps({ signal, live }: DemoOptions): AsyncGenerator<DemoStep> {
  const audit = createMemorySink();
  const approvals: ApprovalRequest[] = [];
  const token = `demo-${randomBytes(16).toString('hex')}`;
  await using weatherService = await startOpenMeteo();
  await using service = await startGitHub(token);
  const began = performance.now();
  await using runtime = await createRuntime({
    audit,
    network: {
      routes: {
        [GITHUB_ORIGIN]: service.origin,
        ...(live ? {} : Object.fromEntries(WEATHER_ORIGINS.map((origin) => [origin, weatherService.origin]))),
      },
    },
    secrets: [environment({ names: ['GITHUB_TOKEN'] }, { environment: { GITHUB_TOKEN: token } })],
    approve: async (request) => {
      approvals.push(request);
      return true;
    },
  });
  const startMs = Math.round(performance.now() - began);
  yield* documentsSteps(runtime, signal);
  yield* weatherSteps(runtime, live ? undefined : weatherService, signal);
  yield* issuesSteps(runtime, { service, token, audit }, signal);
  yield* notesSteps(runtime, approvals, signal);
  yield* attackSteps(runtime, service, signal);
  const { protection, selfTest } = runtime;
  yield { kind: 'protected', startMs, protection, attempts: selfTest.attempts };
  yield { kind: 'audited', events: audit.events() };
}
