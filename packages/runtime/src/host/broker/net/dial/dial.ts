import type { Socket } from 'node:net';
import { parseIpAddress } from '../address/ip-address.ts';
import { isSameAddress } from '../address/judge-address.ts';
import type { NetLimits } from '../net-limits.ts';
import type { NetPowers } from '../net-powers.ts';
import { NetFailure } from '../net-refusal.ts';
import { toWireFailure } from '../wire/wire-failure.ts';
import type { DialPlan } from './dial-plan.ts';
import { type ResolvePowers, resolveTarget } from './resolve-target.ts';

/** Addresses tried for one connection. They share its time. */
const MAX_ATTEMPTS = 3;

export interface Dialled {
  readonly socket: Socket;
  /** The address that was judged and is connected to. */
  readonly address: string;
}

/**
 * Connects to one of the addresses that were just judged, by the address, never by the name: a name that is looked up again may
 * lead elsewhere (DNS rebinding). The certificate is checked against the name.
 *
 * @throws NetFailure `resolve-*`, `address-*`, `connect-*`, `tls-failed`
 */
export async function dial(
  plan: DialPlan,
  powers: ResolvePowers & Pick<NetPowers, 'connect'>,
  limits: NetLimits,
): Promise<Dialled> {
  const addresses = await resolveTarget(plan, powers, limits);
  const deadline = AbortSignal.timeout(limits.connectTimeoutMs);
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

async function connectTo(
  address: string,
  plan: DialPlan,
  powers: Pick<NetPowers, 'connect'>,
  deadline: AbortSignal,
): Promise<Dialled> {
  // A server name must not be an address (RFC 6066, section 3); the certificate is then checked against the address.
  const servername = parseIpAddress(plan.host) === undefined && !plan.host.startsWith('[') ? plan.host : undefined;
  const socket = await powers.connect({ address, port: plan.port, tls: plan.tls, servername }, deadline);
  if (isSameAddress(socket.remoteAddress ?? '', address)) return { socket, address };
  socket.destroy();
  throw NetFailure.of('address-changed');
}
