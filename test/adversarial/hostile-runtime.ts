import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRuntime, type Runtime, type RuntimeOptions } from '@carapace/runtime';
import type { SandboxHost } from './sandbox.ts';

const HOSTILE_WORKER = join(import.meta.dirname, 'programs/hostile-worker.js');

/**
 * A real runtime, from its public entry on, whose workers are a hostile program: the host is the one that users run, and
 * everything it is told is a lie. Without a program of its own it is `programs/hostile-worker.js`, which runs the bundle of
 * the skill in the place of an isolate.
 */
export async function createHostileRuntime(
  options: RuntimeOptions = {},
  program: string = HOSTILE_WORKER,
): Promise<Runtime> {
  const url = pathToFileURL(program).href;
  // Only while the runtime starts: it opens the file once and hands the descriptor to every worker.
  const hooks = registerHooks({
    resolve: (specifier, context, nextResolve) =>
      specifier === '#worker-bundle' ? { url, shortCircuit: true } : nextResolve(specifier, context),
  });
  try {
    return await createRuntime(options);
  } finally {
    hooks.deregister();
  }
}

/** The sandbox in which the module of an attack is the program of a worker. */
export const HOSTILE: SandboxHost = {
  create: createHostileRuntime,
  addition: { module: 'const { a, b } = JSON.parse(input); done({ sum: a + b }); stay();' },
};
