import type { CallBudget } from '../../budget/call-budget.ts';
import type { NetOp } from '../../protocol/messages.ts';
import { type Broker, createBroker } from '../broker/broker.ts';
import type { EffectBroker } from '../broker/effect.ts';
import { createFsBroker } from '../broker/fs/fs-broker.ts';
import { createNetBroker } from '../broker/net/net-broker.ts';
import type { Network } from '../broker/net/network.ts';
import type { CallRequest } from './call-executor.ts';
import { sleep } from './sleep.ts';

/** Where the effects of calls come from: one for a runtime. */
export interface EffectSources {
  readonly network: Network;
}

/** Puts together what one call of one tool may do. What is not granted is not made: then there is nothing to get round. */
export async function openCallEffects(
  sources: EffectSources,
  request: CallRequest,
  budget: CallBudget,
): Promise<Broker> {
  const { skill, tool } = request;
  const allowed = skill.tools.get(tool)?.mounts;
  const mounts = skill.mounts.filter(({ grant }) => allowed?.has(grant.mount) === true);
  const net = await openNet(sources, request, budget);
  const { sourceMap } = skill.installed;
  return createBroker({
    ...(mounts.length === 0 ? {} : { fs: createFsBroker(mounts, { meter: budget }) }),
    ...(net === undefined ? {} : { net }),
    ...(sourceMap === undefined ? {} : { sourceMap }),
    sleep,
  });
}

async function openNet(
  { network }: EffectSources,
  { skill, tool }: CallRequest,
  meter: CallBudget,
): Promise<EffectBroker<NetOp> | undefined> {
  const grants = skill.tools.get(tool)?.net;
  if (grants === undefined || grants.isEmpty) return undefined;
  const { policy, gate } = network;
  const identity = { skill: skill.installed.manifest.name, tool };
  return createNetBroker({ identity, grants, policy, gate, meter, powers: await network.powers() });
}
