import { RuntimeFailure } from '../errors.ts';
import type { Confinement } from '../host/pool/confinement.ts';
import type { PoolPowers } from '../host/pool/pool-powers.ts';
import type { WorkerProfile } from '../host/pool/spawn-worker.ts';
import type { CgroupSupport } from '../jail/cgroup/cgroup-parent.ts';
import { findEnclosures } from '../jail/namespace/find-enclosures.ts';
import type { TrustedProgram } from '../jail/namespace/trusted-program.ts';
import { runSelfTest, type SelfTestResult } from './self-test.ts';

/**
 * Whether workers get namespaces of their own, through bubblewrap. `auto`: where the machine gives them. `required`: or the
 * runtime does not start. `off`: never.
 */
export type NamespaceUse = 'auto' | 'required' | 'off';

/** What every worker of a runtime is started with, and what the self-test found in such a place. */
export interface ChosenConfinement {
  readonly confinement: Confinement;
  readonly selfTest: SelfTestResult;
}

export interface ConfinementChoice {
  readonly powers: PoolPowers;
  readonly launcherPath: string;
  readonly profile: WorkerProfile;
  readonly namespaces: NamespaceUse;
  /** bwrap, where it is not to be looked for. */
  readonly program?: TrustedProgram;
}

/**
 * Decides once per runtime, by running the self-test where workers would run: that bubblewrap is installed says nothing about
 * what the kernel, a security module or a container lets it do. A place in which nothing can be launched is passed
 * over, with the reason in the report; one in which an attempt gets through is not, because that is the self-test's to refuse.
 *
 * @throws RuntimeFailure ERR_CARAPACE_RUNTIME_PROTECTION when namespaces are required and cannot be had;
 * ERR_CARAPACE_WORKER_START when nothing can be launched at all
 */
export async function chooseConfinement(choice: ConfinementChoice): Promise<ChosenConfinement> {
  const cgroups = choice.powers.openCgroups();
  try {
    return await choose(choice, cgroups);
  } catch (error) {
    closeCgroups(cgroups);
    throw error;
  }
}

/** Gives back what the choice holds of the machine. */
export function closeConfinement({ cgroups }: Confinement): void {
  if (cgroups !== undefined) closeCgroups(cgroups);
}

function closeCgroups(cgroups: CgroupSupport): void {
  if (cgroups.kind === 'delegated') cgroups.parent.close();
}

async function choose(choice: ConfinementChoice, cgroups: CgroupSupport): Promise<ChosenConfinement> {
  const { powers, profile, namespaces } = choice;
  const enclosed = namespaces === 'off' ? 'the host has switched them off' : await tryEnclosures(choice, cgroups);
  if (typeof enclosed !== 'string') return enclosed;
  if (namespaces === 'required') {
    throw new RuntimeFailure(
      'ERR_CARAPACE_RUNTIME_PROTECTION',
      `Cannot start runtime: namespaces are required, this machine gives none (${enclosed})`,
    );
  }
  const confinement: Confinement = { enclosure: { kind: 'none', reason: enclosed }, cgroups };
  return { confinement, selfTest: await runSelfTest(powers, { ...profile, confinement }) };
}

/** The first enclosure in which the probe comes up, or the reason why there is none. */
async function tryEnclosures(choice: ConfinementChoice, cgroups: CgroupSupport): Promise<ChosenConfinement | string> {
  const { powers, launcherPath, profile, program } = choice;
  const found = await findEnclosures({
    launcherPath,
    outputOf: powers.outputOf,
    ...(program === undefined ? {} : { program }),
  });
  if (found.kind === 'none') return found.reason;
  const killer = await powers.loadKiller();
  if (killer === undefined) return 'the kernel has no pidfd, or the native library is missing';
  let reason = '';
  for (const enclosure of found.enclosures) {
    const confinement: Confinement = { enclosure, killer, cgroups };
    try {
      const selfTest = await runSelfTest(powers, { ...profile, confinement });
      const layer = selfTest.layers.find((candidate) => candidate.layer === 'namespaces');
      if (layer?.state === 'enforced') return { confinement, selfTest };
      reason = layer?.detail ?? 'no namespaces in the launch report';
    } catch (error) {
      if (!(error instanceof RuntimeFailure)) throw error;
      reason = error.message;
    }
  }
  return `bubblewrap cannot start a worker here: ${reason}`;
}
