import { workerArguments } from '../node-flags.ts';
import { type PortableWorker, portableBootstrap } from './portable-bootstrap.ts';
import { seatbeltProfile } from './seatbelt-profile.ts';

/** A program with its arguments and the whole of its environment. */
export interface PortableCommand {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Part of the system volume, which is signed and read-only. */
const SANDBOX_EXEC = '/usr/bin/sandbox-exec';

/**
 * Starts a worker on macOS: sandbox-exec puts the profile on itself and becomes Node.
 *
 * UNTESTED: no macOS was at hand, and the runtime does not use it yet.
 */
export function seatbeltCommand(worker: PortableWorker & { readonly bundle: string }): PortableCommand {
  const { node, addon, bundle, flags } = worker;
  const bootstrap = portableBootstrap(addon, [
    {
      layer: 'seatbelt',
      state: 'enforced',
      detail: 'reads of Node, the worker and the system’s libraries only; untested',
    },
  ]);
  return {
    program: SANDBOX_EXEC,
    arguments: ['-p', seatbeltProfile({ node, bundle, addon }), node, ...workerArguments(flags).with(-1, bootstrap)],
    env: {},
  };
}
