import type { CallBudget } from '../../budget/call-budget.ts';
import type { DataLease } from '../../data/tenant-data.ts';
import type { NetOp, Placeholders } from '../../protocol/messages.ts';
import { guardFiles } from '../../secrets/guard-files.ts';
import { openVault } from '../../secrets/open-vault.ts';
import type { SecretStore } from '../../secrets/secret-store.ts';
import type { SecretVault } from '../../secrets/secret-vault.ts';
import type { Signer } from '../../secrets/signers/signer.ts';
import { type Broker, createBroker } from '../broker/broker.ts';
import type { EffectBroker } from '../broker/effect.ts';
import { createFsBroker } from '../broker/fs/fs-broker.ts';
import { createNetBroker } from '../broker/net/net-broker.ts';
import type { Network } from '../broker/net/network.ts';
import type { CallRequest } from './call-executor.ts';
import type { LoadedTool } from './loaded-skill.ts';
import { sleep } from './sleep.ts';

/** Where the effects of calls come from: one for a runtime. */
export interface EffectSources {
  readonly network: Network;
  readonly secrets: SecretStore;
  readonly signers: readonly Signer[];
}

export interface CallEffects {
  readonly broker: Broker;
  /** By declared name, what stands for each secret of the tool during this call. Absent when it has none. */
  readonly placeholders: Placeholders | undefined;
}

/** Puts together what one call of one tool may do. What is not granted is not made: then there is nothing to get round. */
export async function openCallEffects(
  sources: EffectSources,
  request: CallRequest,
  budget: CallBudget,
): Promise<CallEffects> {
  const { skill, tool } = request;
  const loaded = skill.tools.get(tool);
  const vault = loaded === undefined || loaded.net.isEmpty ? undefined : openSecrets(sources, request, loaded);
  const net = vault === undefined ? undefined : await openNet(sources, request, budget, vault);
  // Last: from here on nothing can fail before somebody owns the lease.
  const data = await leaseData(request, loaded);
  const shared = skill.mounts.filter(({ grant }) => loaded?.mounts.has(grant.mount) === true);
  const mounts = data === undefined ? shared : [...shared, data.root];
  const { sourceMap } = skill.installed;
  const broker = createBroker({
    ...(mounts.length === 0
      ? {}
      : { fs: guardFiles(createFsBroker(mounts, { meter: budget }), sources.secrets.redactor) }),
    ...(net === undefined ? {} : { net }),
    ...(data === undefined ? {} : { data }),
    ...(sourceMap === undefined ? {} : { sourceMap }),
    sleep,
  });
  return { broker, placeholders: loaded?.secrets.length === 0 ? undefined : vault?.placeholders };
}

async function leaseData({ skill, tenant }: CallRequest, tool: LoadedTool | undefined): Promise<DataLease | undefined> {
  return tool?.data === true ? await skill.data?.lease(tenant) : undefined;
}

/** Also for a tool without secrets: what it sends and receives is looked through for those that the host holds. */
function openSecrets(
  { secrets, signers }: EffectSources,
  { skill, signal }: CallRequest,
  tool: LoadedTool,
): SecretVault {
  return openVault({
    store: secrets,
    grants: tool.secrets,
    bindings: skill.secrets,
    mapping: skill.grants.secrets,
    signers,
    ...(signal === undefined ? {} : { signal }),
  });
}

async function openNet(
  { network }: EffectSources,
  { skill, tool }: CallRequest,
  meter: CallBudget,
  vault: SecretVault,
): Promise<EffectBroker<NetOp> | undefined> {
  const grants = skill.tools.get(tool)?.net;
  if (grants === undefined || grants.isEmpty) return undefined;
  const { policy, gate } = network;
  const identity = { skill: skill.installed.manifest.name, tool };
  return createNetBroker({ identity, grants, policy, gate, meter, vault, powers: await network.powers() });
}
