import { NetGate } from './net-gate.ts';
import type { NetPowers } from './net-powers.ts';
import type { NetworkOptions } from './network-options.ts';
import { compileNetworkOptions, type NetworkPolicy } from './network-policy.ts';

/** The network of one runtime, as far as all calls share it: what the operator says, and how much is under way. */
export interface Network {
  readonly policy: NetworkPolicy;
  readonly gate: NetGate;
  /** Loads the HTTP client with the first call; a runtime without network skills never does. */
  readonly powers: () => Promise<NetPowers>;
}

export type OpenNetPowers = (policy: NetworkPolicy) => Promise<NetPowers>;

/** @throws RuntimeFailure ERR_CARAPACE_RUNTIME_NETWORK for an option that would not do what it says */
export function createNetwork(options: NetworkOptions | undefined, openPowers: OpenNetPowers): Network {
  const policy = compileNetworkOptions(options);
  let powers: Promise<NetPowers> | undefined;
  return {
    policy,
    gate: new NetGate(),
    powers: () => {
      powers ??= openPowers(policy);
      return powers;
    },
  };
}
