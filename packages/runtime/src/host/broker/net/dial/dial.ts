import type { Socket } from 'node:net';
import { parseIpAddress } from '../address/ip-address.ts';
import { isSameAddress } from '../address/judge-address.ts';
import type { NetLimits } from '../net-limits.ts';
import type { NetPowers } from '../net-powers.ts';
import { NetFailure } from '../net-refusal.ts';
import { toWireFailure } from '../wire/wire-failure.ts';
import type { DialPlan } from './dial-plan.ts';
import { openTunnel } from './open-tunnel.ts';
import { type ResolvePowers, resolveTarget } from './resolve-target.ts';

export type DialPowers = ResolvePowers & Pick<NetPowers, 'connect' | 'secure'>;

/** Addresses tried for one connection. They share its time. */
const MAX_ATTEMPTS = 3;

export interface Dialled {
  readonly socket: Socket;
  /** The address that was judged and is connected to. */
  readonly address: string;
}

/**
 * Connects to one of the addresses that were just judged, by the address, never by the name: a name that is looked up again may
 * lead elsewhere (DNS rebinding). The certificate is checked against the name. `ended` aborts with the call.
 *
 * @throws NetFailure `resolve-*`, `address-*`, `connect-*`, `proxy-refused`, `tls-failed`
 */
export async function dial(
  plan: DialPlan,
  powers: DialPowers,
  limits: NetLimits,
  ended: AbortSignal,
): Promise<Dialled> {
  const addresses = await resolveTarget(plan, powers, limits, ended);
  const deadline = AbortSignal.any([ended, AbortSignal.timeout(limits.connectTimeoutMs)]);
  let failure = NetFailure.of('connect-failed');
  for (const address of addresses.slice(0, MAX_ATTEMPTS)) {
    if (deadline.aborted) throw NetFailure.of('connect-late');
    try {
      return await connectTo(address, plan, powers, deadline);
    } catch (error) {
      failure = new NetFailure(toWireFailure(error).effectRefusal);
      // Another address is worth trying where nobody answered; a certificate or an address that is wrong is a warning.
      if (failure.effectRefusal.rule !== 'connect-failed') throw failure;
    }
  }
  throw failure;
}

async function connectTo(address: string, plan: DialPlan, powers: DialPowers, deadline: AbortSignal): Promise<Dialled> {
  const next = plan.kind === 'proxied' ? plan.proxy : plan;
  const target = { address, port: next.port, tls: next.tls, servername: serverName(next.host) };
  const socket = await powers.connect(target, deadline);
  try {
    if (!isSameAddress(socket.remoteAddress ?? '', address)) throw NetFailure.of('address-changed');
    if (plan.kind !== 'proxied') return { socket, address };
    await openTunnel(socket, { host: plan.host, port: plan.port, authorization: plan.proxy.authorization }, deadline);
    return { socket: plan.tls ? await powers.secure(socket, serverName(plan.host), deadline) : socket, address };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** A server name must not be an address (RFC 6066, section 3); the certificate is then checked against the address. */
function serverName(host: string): string | undefined {
  return parseIpAddress(host) === undefined && !host.startsWith('[') ? host : undefined;
}
