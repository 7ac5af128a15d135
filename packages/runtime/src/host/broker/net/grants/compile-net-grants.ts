import {
  explainRequest,
  matchesHost,
  type NetPermission,
  NO_PERMISSIONS,
  parseHostPattern,
  parseUrlPathPattern,
  urlPathMatches,
} from '@carapace/manifest';
import type { NetAccess, NetDecision, NetGrants } from './net-grants.ts';

/**
 * Compiles the network permissions of a tool. Stands on the whole manifest package, so it is reached only through what loads a
 * skill. An entry that does not parse grants nothing.
 */
export function compileNetGrants(permissions: readonly NetPermission[]): NetGrants {
  const entries = permissions.flatMap(compileEntry);
  return {
    isEmpty: entries.length === 0,
    canName: (host) => parseHostPattern(host) !== undefined,
    decide(access) {
      const granting = entries.filter(({ covers }) => covers(access));
      const [first] = granting;
      if (first === undefined) return explainDenial(permissions, access);
      const isExact = granting.some(({ wildcard }) => wildcard === undefined);
      return { kind: 'granted', wildcard: isExact ? undefined : first.wildcard };
    },
  };
}

interface CompiledEntry {
  readonly wildcard: string | undefined;
  readonly covers: (access: NetAccess) => boolean;
}

function compileEntry(entry: NetPermission): readonly CompiledEntry[] {
  const pattern = parseHostPattern(entry.host);
  const paths = entry.paths.flatMap((path) => parseUrlPathPattern(path) ?? []);
  if (pattern === undefined) return [];
  const ports = new Set(entry.ports);
  const methods = new Set<string>(entry.methods);
  const query = entry.query === undefined ? undefined : new Set(entry.query);
  return [
    {
      wildcard: pattern.kind === 'wildcard' ? entry.host : undefined,
      covers: (access) =>
        matchesHost(pattern, access.host) &&
        entry.scheme === access.scheme &&
        ports.has(access.port) &&
        methods.has(access.method) &&
        paths.some((path) => urlPathMatches(path, access.pathname)) &&
        access.query.every((name) => query?.has(name) ?? true),
    },
  ];
}

function explainDenial(permissions: readonly NetPermission[], access: NetAccess): NetDecision {
  const explanation = explainRequest({ ...NO_PERMISSIONS, net: permissions }, { kind: 'net', ...access });
  if (explanation.allowed) throw new TypeError('Cannot decide a request: the two readings of the permissions differ');
  const { rule, suggestion } = explanation;
  switch (rule) {
    case 'host-not-declared':
    case 'scheme-not-declared':
    case 'port-not-declared':
    case 'method-not-declared':
    case 'url-path-not-covered':
    case 'query-not-covered':
      return { kind: 'denied', rule, remedy: suggestion };
    case 'mount-not-declared':
    case 'access-not-declared':
    case 'path-not-covered':
      throw new TypeError(`Cannot decide a request: "${rule}" is no rule of the network`);
  }
}
