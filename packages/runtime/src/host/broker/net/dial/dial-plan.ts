import { assertNever } from '@carapace/manifest/base';
import { hostAndPort, literalAddress, type NetProxy, type NetworkPolicy, portOf } from '../network-policy.ts';

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
    }
  /** The operator's proxy resolves the name and connects; what it connects to is its to judge. */
  | {
      readonly kind: 'proxied';
      readonly host: string;
      readonly port: number;
      readonly tls: boolean;
      readonly proxy: NetProxy;
    };

export function planDial(url: URL, policy: NetworkPolicy): DialPlan {
  const target = policy.routes.get(url.origin);
  if (target !== undefined) {
    const host = literalAddress(target.hostname) ?? target.hostname;
    return { kind: 'routed', host, port: portOf(target), tls: target.protocol === 'https:', origin: target.origin };
  }
  const isPrivate = policy.privateHosts.has(hostAndPort(url));
  const where = { host: url.hostname, port: portOf(url), tls: url.protocol === 'https:' };
  if (policy.proxy !== undefined && !isPrivate) return { kind: 'proxied', ...where, proxy: policy.proxy };
  return { kind: 'judged', ...where, isPrivate, literal: literalAddress(url.hostname) };
}

/** How a plan is named in records; `address` is the one that is connected to. */
export function containmentOf(plan: DialPlan, address: string): string {
  switch (plan.kind) {
    case 'judged':
      return address;
    case 'routed':
      return `route to ${plan.origin}`;
    case 'proxied':
      return `proxy ${plan.proxy.origin}`;
    default:
      return assertNever(plan);
  }
}
