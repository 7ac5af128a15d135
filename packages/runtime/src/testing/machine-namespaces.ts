import type { Confinement } from '../host/pool/confinement.ts';
import { nodePoolPowers } from '../host/pool/pool-powers.ts';
import { ALL_LAYERS } from '../host/pool/spawn-worker.ts';
import { openWorkerFiles } from '../jail/launch-files.ts';
import { chooseConfinement } from '../protection/choose-confinement.ts';

let chosen: Promise<Confinement> | undefined;

/**
 * Why workers get no namespaces on this machine; undefined when they do. Tried once per process, as a runtime tries it.
 */
export async function namespacesMissing(): Promise<string | undefined> {
  const { enclosure } = await machineConfinement();
  return enclosure.kind === 'none' ? enclosure.reason : undefined;
}

/** What a runtime with the default options would start its workers in. */
export function machineConfinement(): Promise<Confinement> {
  chosen ??= choose();
  return chosen;
}

async function choose(): Promise<Confinement> {
  const files = openWorkerFiles();
  files.close();
  const { confinement } = await chooseConfinement({
    powers: nodePoolPowers,
    launcherPath: files.launcherPath,
    profile: { jit: false, cpuSeconds: 30, layers: ALL_LAYERS },
    namespaces: 'auto',
  });
  return confinement;
}
