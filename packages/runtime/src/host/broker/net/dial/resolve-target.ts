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
  ended: AbortSignal,
): Promise<readonly string[]> {
  const late = AbortSignal.any([ended, AbortSignal.timeout(limits.resolveTimeoutMs)]);
  const lookUp = (host: string, isLocal: boolean): Promise<readonly string[]> =>
    resolve(host, isLocal ? powers.resolveLocal : powers.resolve, limits, late);
  if (plan.kind === 'routed' || plan.kind === 'proxied') {
    const { host } = plan.kind === 'routed' ? plan : plan.proxy;
    return parseIpAddress(host) === undefined ? await lookUp(host, true) : [host];
  }
  if (plan.literal !== undefined && plan.isPrivate) return [plan.literal];
  const addresses = await lookUp(plan.host, plan.isPrivate);
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
  resolver: NetPowers['resolve'],
  limits: NetLimits,
  late: AbortSignal,
): Promise<readonly string[]> {
  const addresses = await Promise.race([
    ask(resolver, host, late),
    new Promise<'late'>((settle) => {
      if (late.aborted) settle('late');
      late.addEventListener('abort', () => settle('late'), { once: true });
    }),
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
