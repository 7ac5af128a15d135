import { startRuntime } from '../create-runtime.ts';
import { type NetPowers, openNetPowers } from '../host/broker/net/net-powers.ts';
import type { Runtime } from '../runtime.ts';
import type { RuntimeOptions } from '../runtime-options.ts';

export type { NetPowers } from '../host/broker/net/net-powers.ts';

/**
 * A runtime whose network is partly a test's own: a resolver that answers what an attacker would, or a judgement under which
 * loopback counts as public. Everything else, the jail included, is real.
 */
export function createTestRuntime(options: RuntimeOptions, net: Partial<NetPowers>): Promise<Runtime> {
  return startRuntime(options, { openNet: async (policy) => ({ ...(await openNetPowers(policy)), ...net }) });
}
