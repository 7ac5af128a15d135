import { fileURLToPath } from 'node:url';
import type { MemorySink, Runtime } from '@carapace/runtime';
import { REPOSITORY } from '../../examples/services/github.ts';
import type { LoopbackService } from '../../examples/services/loopback-service.ts';
import type { DemoStep } from './demo-step.ts';
import { askedFor, call } from './show-skill.ts';

const ISSUES = fileURLToPath(new URL('../../examples/skills/github-issues', import.meta.url));
export const GITHUB_ORIGIN = 'https://api.github.com';

/** Repeats the credentials that it was asked with. */
const TELLTALE = 5;

export interface SecretSetting {
  readonly service: LoopbackService;
  /** What the service wants to see, and nobody else may. */
  readonly token: string;
  readonly audit: MemorySink;
}

/** A skill whose secret stays with the host. */
export async function* issuesSteps(
  runtime: Runtime,
  { service, token, audit }: SecretSetting,
  signal: AbortSignal,
): AsyncGenerator<DemoStep> {
  await using issues = await runtime.load(ISSUES, { permissions: 'declared' });
  yield askedFor(issues, `all of it; a service on ${service.origin} answers for the host and checks the token`);
  const called = await call(issues, 'read', { repository: REPOSITORY, number: TELLTALE }, signal);
  yield called;
  const sent = service.requests.at(-1)?.headers['authorization'];
  yield {
    kind: 'observed',
    what: 'The service received the token, which the skill never had',
    holds: sent === `Bearer ${token}`,
    detail: `authorization: Bearer ${token.slice(0, 8)}…, put there by the host at the last moment`,
  };
  yield {
    kind: 'observed',
    what: 'The service repeated the token in its answer, and it did not get through',
    holds: !JSON.stringify([called.result, audit.events()]).includes(token),
    detail: 'neither in the result nor in its logs nor in the audit trail',
  };
}
