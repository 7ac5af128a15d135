import { RuntimeFailure } from '../errors.ts';
import { architectureOf } from '../jail/seccomp/architecture.ts';

/** The oldest Node with the fixes and flags the worker needs. Odd releases are unsupported by isolated-vm. */
const MINIMUM_NODE = { major: 24, minor: 15 };

/**
 * Systems for which a way to start workers is written and was never run: what nobody has attacked is not offered as a wall, at
 * no level.
 */
const UNTESTED: ReadonlyMap<string, string> = new Map([
  ['darwin', 'the jail for darwin (Seatbelt, level "process") is written but untested, so it is not offered yet'],
  ['win32', 'the workers for win32 (no jail, level "process") are written but untested, so they are not offered yet'],
]);

export interface Platform {
  readonly os: string;
  readonly processor: string;
  readonly nodeVersion: string;
}

/** Refuses machines on which no worker could be jailed, by name of what is missing (AU-348). */
export function assertPlatform({ os, processor, nodeVersion }: Platform): void {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  if (major < MINIMUM_NODE.major || (major === MINIMUM_NODE.major && minor < MINIMUM_NODE.minor)) {
    throw refuse(`Node ${nodeVersion} is older than ${MINIMUM_NODE.major}.${MINIMUM_NODE.minor}`);
  }
  if (major % 2 === 1) throw refuse(`Node ${nodeVersion} is an odd release, which isolated-vm does not support`);
  if (os !== 'linux') throw refuse(UNTESTED.get(os) ?? `no jail for ${os} exists`);
  if (architectureOf(processor) === undefined) throw refuse(`no system-call table for ${processor} exists yet`);
}

function refuse(state: string): RuntimeFailure {
  return new RuntimeFailure('ERR_CARAPACE_RUNTIME_PLATFORM', `Cannot start runtime: ${state}`);
}
