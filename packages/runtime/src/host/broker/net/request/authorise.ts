import { judgeAddress } from '../address/judge-address.ts';
import type { NetGrants } from '../grants/net-grants.ts';
import type { NetLimits } from '../net-limits.ts';
import { NetFailure } from '../net-refusal.ts';
import { hostAndPort, literalAddress, type NetworkPolicy, portOf } from '../network-policy.ts';
import type { HostSpread } from './host-spread.ts';

/** What decides about the target of a request. */
export interface TargetRules {
  readonly grants: NetGrants;
  readonly policy: NetworkPolicy;
  readonly limits: NetLimits;
  readonly spread: HostSpread;
}

const VERBS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Decides whether a tool may send a request with this method to this URL, which `readUrl` or `checkUrl` has passed. Made anew for
 * each redirect.
 *
 * @throws NetFailure with the first rule that says no
 */
export function authorise(url: URL, verb: string, { grants, policy, spread }: TargetRules): void {
  if (!VERBS.has(verb)) throw NetFailure.of('method-unknown');
  const target = hostAndPort(url);
  const isPrivate = policy.privateHosts.has(target);
  if (!isPrivate && literalAddress(url.hostname) !== undefined)
    throw NetFailure.of('ip-literal', literalRemedy(url.hostname, target));
  // No manifest can hold such a host, so the operator's word for exactly this host and port is the grant.
  if (isPrivate && !grants.isEmpty && !grants.canName(url.hostname)) return spread.visit(target, undefined);
  const decision = grants.decide({
    scheme: url.protocol.slice(0, -1),
    host: url.hostname,
    port: portOf(url),
    method: verb,
    pathname: url.pathname,
    query: [...new Set(url.searchParams.keys())],
  });
  if (decision.kind === 'denied') throw NetFailure.of(decision.rule, decision.remedy);
  spread.visit(target, decision.wildcard);
}

/** None for an address that nobody should open by following a hint, such as the one that hands out credentials of the machine. */
function literalRemedy(hostname: string, target: string): string | undefined {
  const verdict = judgeAddress(literalAddress(hostname) ?? '');
  const mayOpen = verdict.kind === 'public' || verdict.ownNetwork;
  return mayOpen ? `createRuntime: network.privateHosts: ${JSON.stringify([target])}` : undefined;
}
