import { matchesHost, parseHostPattern } from '../host-pattern.ts';
import { compileScope, matchesScope } from '../path-scope.ts';
import type { FsAccess, FsPermission, NetPermission, PermissionSet } from '../permission.ts';
import { parseUrlPathPattern, urlPathMatches } from '../url-path.ts';

/** One thing a skill tries to do, in canonical spelling (a URL parser's host and pathname, a path below a mount). */
export type AccessRequest =
  | { readonly kind: 'fs'; readonly mount: string; readonly path: string; readonly access: FsAccess }
  | {
      readonly kind: 'net';
      readonly scheme: string;
      readonly host: string;
      readonly port: number;
      readonly method: string;
      readonly pathname: string;
      /** Names of the query parameters. */
      readonly query: readonly string[];
    };

/** First condition no declared permission meets. */
export type DenialRule =
  | 'mount-not-declared'
  | 'access-not-declared'
  | 'path-not-covered'
  | 'host-not-declared'
  | 'scheme-not-declared'
  | 'port-not-declared'
  | 'method-not-declared'
  | 'url-path-not-covered'
  | 'query-not-covered';

/** What the permissions say about a request, and what would have to be declared. */
export type Explanation =
  | { readonly allowed: true; readonly by: FsPermission | NetPermission }
  | {
      readonly allowed: false;
      readonly rule: DenialRule;
      readonly message: string;
      /** The smallest entry that would allow it, as JSON for the manifest. */
      readonly suggestion: string;
    };

/** Decides about one request, and for a refusal names the first condition that fails and the smallest remedy. */
export function explainRequest(permissions: PermissionSet, request: AccessRequest): Explanation {
  return request.kind === 'fs' ? explainFs(permissions.fs, request) : explainNet(permissions.net, request);
}

interface Condition<Entry> {
  readonly rule: DenialRule;
  readonly holds: (entry: Entry) => boolean;
}

function explainFs(entries: readonly FsPermission[], request: AccessRequest & { kind: 'fs' }): Explanation {
  const path = request.path === '' ? '' : `/${request.path}`;
  return firstFailure(
    entries,
    [
      { rule: 'mount-not-declared', holds: (entry) => entry.mount === request.mount },
      { rule: 'access-not-declared', holds: (entry) => entry.access.includes(request.access) },
      { rule: 'path-not-covered', holds: (entry) => matchesScope(compileScope(entry), request.path) },
    ],
    `${request.access} /${request.mount}${path}`,
    `permissions.fs: ${JSON.stringify({ mount: request.mount, path: '…', access: [request.access], match: [request.path === '' ? '**' : request.path] })}`,
  );
}

function explainNet(entries: readonly NetPermission[], request: AccessRequest & { kind: 'net' }): Explanation {
  const { scheme, host, port, method, pathname, query } = request;
  const methods: readonly string[] = [method];
  return firstFailure(
    entries,
    [
      { rule: 'host-not-declared', holds: (entry) => coversHost(entry.host, host) },
      { rule: 'scheme-not-declared', holds: (entry) => entry.scheme === scheme },
      { rule: 'port-not-declared', holds: (entry) => entry.ports.includes(port) },
      { rule: 'method-not-declared', holds: (entry) => entry.methods.some((known) => known === method) },
      { rule: 'url-path-not-covered', holds: (entry) => entry.paths.some((path) => coversPath(path, pathname)) },
      { rule: 'query-not-covered', holds: (entry) => query.every((name) => entry.query?.includes(name) ?? true) },
    ],
    `${method} ${scheme}://${host}:${port}${pathname}`,
    `permissions.net: ${JSON.stringify({ host, scheme, ports: [port], methods, paths: [pathname] })}`,
  );
}

function firstFailure<Entry extends FsPermission | NetPermission>(
  entries: readonly Entry[],
  conditions: readonly Condition<Entry>[],
  what: string,
  suggestion: string,
): Explanation {
  let left = entries;
  for (const { rule, holds } of conditions) {
    left = left.filter(holds);
    if (left.length === 0) {
      return { allowed: false, rule, message: `Cannot allow "${what}": ${rule.replaceAll('-', ' ')}`, suggestion };
    }
  }
  const [by] = left;
  if (by === undefined) throw new TypeError('Cannot explain a request: no condition was given');
  return { allowed: true, by };
}

function coversHost(pattern: string, host: string): boolean {
  const parsed = parseHostPattern(pattern);
  return parsed !== undefined && matchesHost(parsed, host);
}

function coversPath(pattern: string, pathname: string): boolean {
  const parsed = parseUrlPathPattern(pattern);
  return parsed !== undefined && urlPathMatches(parsed, pathname);
}
