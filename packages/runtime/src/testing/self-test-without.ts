import { nodePoolPowers } from '../host/pool/pool-powers.ts';
import { ALL_LAYERS } from '../host/pool/spawn-worker.ts';
import type { JailLayers } from '../jail/jail-spec.ts';
import { runSelfTest, type SelfTestResult } from '../protection/self-test.ts';
import { machineConfinement } from './machine-namespaces.ts';

/** The start-up self-test with layers left out, outside of namespaces. */
export function runSelfTestWithout(...without: readonly (keyof JailLayers)[]): Promise<SelfTestResult> {
  return runSelfTest(nodePoolPowers, { jit: false, cpuSeconds: 30, layers: layersWithout(without) });
}

/** The same inside namespaces of its own, where this machine gives them; see `namespacesMissing`. */
export async function runEnclosedSelfTestWithout(...without: readonly (keyof JailLayers)[]): Promise<SelfTestResult> {
  const confinement = await machineConfinement();
  return await runSelfTest(nodePoolPowers, { jit: false, cpuSeconds: 30, layers: layersWithout(without), confinement });
}

function layersWithout(without: readonly (keyof JailLayers)[]): JailLayers {
  return { ...ALL_LAYERS, ...Object.fromEntries(without.map((layer) => [layer, false])) };
}
