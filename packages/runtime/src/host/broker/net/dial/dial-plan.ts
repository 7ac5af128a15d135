import { hostAndPort, literalAddress, type NetworkPolicy, portOf } from '../network-policy.ts';

/** How an origin is reached: fixed when a request to it is allowed, from the URL that was judged. */
export type DialPlan =
  | {
      readonly kind: 'judged';
      readonly host: string;
      readonly port: number;
      readonly tls: boolean;
      /** The operator opened exactly this host and port. */
      readonly isPrivate: boolean;
      /** Set when the host is an address. */
      readonly literal: string | undefined;
    }
  /** The operator's own choice of a target; its addresses are not judged. */
  | {
      readonly kind: 'routed';
      readonly host: string;
      readonly port: number;
      readonly tls: boolean;
      readonly origin: string;
    };

export function planDial(url: URL, policy: NetworkPolicy): DialPlan {
  const target = policy.routes.get(url.origin);
  if (target !== undefined) {
    const host = literalAddress(target.hostname) ?? target.hostname;
    return { kind: 'routed', host, port: portOf(target), tls: target.protocol === 'https:', origin: target.origin };
  }
  return {
    kind: 'judged',
    host: url.hostname,
    port: portOf(url),
    tls: url.protocol === 'https:',
    isPrivate: policy.privateHosts.has(hostAndPort(url)),
    literal: literalAddress(url.hostname),
  };
}
