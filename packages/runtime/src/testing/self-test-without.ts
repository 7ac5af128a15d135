import { nodePoolPowers } from '../host/pool/pool-powers.ts';
import { ALL_LAYERS } from '../host/pool/spawn-worker.ts';
import type { JailLayers } from '../jail/jail-spec.ts';
import { runSelfTest, type SelfTestResult } from '../protection/self-test.ts';

/** The start-up self-test with layers left out. With none left out it is the one that `createRuntime` runs. */
export function runSelfTestWithout(...without: readonly (keyof JailLayers)[]): Promise<SelfTestResult> {
  const layers = { ...ALL_LAYERS, ...Object.fromEntries(without.map((layer) => [layer, false])) };
  return runSelfTest(nodePoolPowers, { jit: false, cpuSeconds: 30, layers });
}
