import { workerArguments } from '../node-flags.ts';
import { type PortableWorker, portableBootstrap } from '../seatbelt/portable-bootstrap.ts';
import type { PortableCommand } from '../seatbelt/seatbelt-command.ts';

/**
 * Starts a worker on Windows: a process of its own and the isolate in it, without any wall of the kernel's. `SystemRoot` is
 * the one variable without which Node finds no source of random numbers there.
 *
 * UNTESTED: no Windows was at hand, and the runtime does not use it yet.
 */
export function windowsCommand({ node, addon, flags }: PortableWorker, systemRoot: string): PortableCommand {
  return {
    program: node,
    arguments: workerArguments(flags).with(-1, portableBootstrap(addon, [])),
    env: { SystemRoot: systemRoot },
  };
}
