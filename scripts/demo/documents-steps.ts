import { fileURLToPath } from 'node:url';
import type { Runtime } from '@carapace/runtime';
import type { DemoStep } from './demo-step.ts';
import { askedFor, call } from './show-skill.ts';

const DOCUMENTS = fileURLToPath(new URL('../../examples/skills/documents', import.meta.url));
export const FILES: string = fileURLToPath(new URL('../../examples/files', import.meta.url));

/** The main job: a skill that reads real files. */
export async function* documentsSteps(runtime: Runtime, signal: AbortSignal): AsyncGenerator<DemoStep> {
  await using documents = await runtime.load(DOCUMENTS, { permissions: 'declared', mounts: { docs: FILES } });
  yield askedFor(documents, 'all of it, with examples/files in the place of that folder');
  yield await call(documents, 'list', {}, signal);
  yield await call(documents, 'search', { query: 'table saw', limit: 4 }, signal);
  yield await call(documents, 'read', { file: 'reports/annual-report-2025.pdf', from: 3, to: 3 }, signal);
}
