import { fileURLToPath } from 'node:url';
import type { Runtime } from '@carapace/runtime';
import type { LoopbackService } from '../../examples/services/loopback-service.ts';
import type { DemoStep } from './demo-step.ts';
import { askedFor, call } from './show-skill.ts';

const WEATHER = fileURLToPath(new URL('../../examples/skills/weather', import.meta.url));
export const WEATHER_ORIGINS = ['https://geocoding-api.open-meteo.com', 'https://api.open-meteo.com'] as const;

/**
 * A skill that talks to two hosts.
 *
 * @param service Stands in for them; without one the real ones are asked.
 */
export async function* weatherSteps(
  runtime: Runtime,
  service: LoopbackService | undefined,
  signal: AbortSignal,
): AsyncGenerator<DemoStep> {
  await using weather = await runtime.load(WEATHER, { permissions: 'declared' });
  const answers =
    service === undefined ? 'the real hosts answer' : `a service on ${service.origin} answers for both hosts`;
  yield askedFor(weather, `all of it; ${answers}`);
  const called = await call(weather, 'forecast', { place: 'Bern', days: 2 }, signal);
  yield called;
  if (service === undefined) return;
  const lines = service.requests.map(({ method, url }) => `${method} ${url.pathname}`);
  yield {
    kind: 'observed',
    what: 'The service saw what the manifest declares, and nothing else',
    holds: lines.join() === 'GET /v1/search,GET /v1/forecast',
    detail: lines.join(', '),
  };
}
