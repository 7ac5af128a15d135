import { parseIpAddress } from '../address/ip-address.ts';
import type { NetLimits } from '../net-limits.ts';
import type { NetPowers } from '../net-powers.ts';
import { NetFailure } from '../net-refusal.ts';
import type { DialPlan } from './dial-plan.ts';

export type ResolvePowers = Pick<NetPowers, 'resolve' | 'resolveLocal' | 'judge' | 'ownAddresses'>;

/**
 * The addresses that may be dialled for a plan. One address that is not public makes the whole answer suspect: the one that was
 * meant for somebody else's network must not become a matter of luck.
 *
 * @throws NetFailure `resolve-*`, `address-special`
 */
export async function resolveTarget(
  plan: DialPlan,
  powers: ResolvePowers,
  limits: NetLimits,
): Promise<readonly string[]> {
  if (plan.kind === 'routed')
    return parseIpAddress(plan.host) ? [plan.host] : await resolve(plan.host, true, powers, limits);
  if (plan.literal !== undefined && plan.isPrivate) return [plan.literal];
  const addresses = await resolve(plan.host, plan.isPrivate, powers, limits);
  const own = powers.ownAddresses();
  for (const address of addresses) {
    const verdict = powers.judge(address, own);
    if (verdict.kind === 'public' || (plan.isPrivate && verdict.ownNetwork)) continue;
    const remedy = verdict.ownNetwork
      ? `createRuntime: network.privateHosts: ${JSON.stringify([`${plan.host}:${plan.port}`])} (${verdict.name})`
      : undefined;
    throw NetFailure.of('address-special', remedy);
  }
  return addresses;
}

async function resolve(
  host: string,
  isLocal: boolean,
  powers: ResolvePowers,
  limits: NetLimits,
): Promise<readonly string[]> {
  const late = AbortSignal.timeout(limits.resolveTimeoutMs);
  const addresses = await Promise.race([
    ask(isLocal ? powers.resolveLocal : powers.resolve, host, late),
    new Promise<'late'>((settle) => late.addEventListener('abort', () => settle('late'), { once: true })),
  ]);
  if (addresses === 'late') throw NetFailure.of('resolve-late');
  if (addresses.length === 0) throw NetFailure.of('resolve-empty');
  if (addresses.length > limits.maxAddresses) throw NetFailure.of('resolve-count');
  return addresses;
}

async function ask(resolver: NetPowers['resolve'], host: string, signal: AbortSignal): Promise<readonly string[]> {
  try {
    return await resolver(host, signal);
  } catch {
    throw NetFailure.of('resolve-failed');
  }
}
