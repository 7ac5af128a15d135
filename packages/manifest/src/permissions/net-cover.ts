import { type Glob, globIncludes } from '../glob.ts';
import { parseHostPattern, patternIncludes } from '../host-pattern.ts';
import type { HttpMethod, NetPermission } from '../permission.ts';
import { parseUrlPathPattern } from '../url-path.ts';
import type { Widening } from './widening.ts';

/** Lists what `wanted` asks for on the network beyond what `held` gives. Empty means certainly nothing. */
export function uncoveredNet(held: readonly NetPermission[], wanted: readonly NetPermission[]): readonly Widening[] {
  return wanted.flatMap((want) => uncoveredHost(held, want));
}

function uncoveredHost(held: readonly NetPermission[], want: NetPermission): readonly Widening[] {
  if (want.ports.length === 0 || want.methods.length === 0 || want.paths.length === 0) return [];
  const sameHost = held.filter((have) => hostIncludes(have.host, want.host));
  if (sameHost.length === 0)
    return [
      widening('host', want, [want.host], `${want.methods.join(', ')} requests to ${want.scheme}://${want.host}`),
    ];
  const near = sameHost.filter((have) => have.scheme === want.scheme);
  if (near.length === 0) return [widening('scheme', want, [want.scheme], `${want.scheme} to ${want.host}`)];
  const ports = want.ports.filter((port) => !near.some((have) => have.ports.includes(port)));
  const methods = want.methods.filter((method) => !near.some((have) => have.methods.includes(method)));
  const found: Widening[] = [];
  if (ports.length > 0)
    found.push(widening('port', want, ports.map(String), `port ${ports.join(', ')} of ${want.host}`));
  if (methods.length > 0)
    found.push(widening('method', want, methods, `${methods.join(', ')} requests to ${want.host}`));
  const known = {
    ports: want.ports.filter((port) => !ports.includes(port)),
    methods: want.methods.filter((method) => !methods.includes(method)),
  };
  return [...found, ...uncoveredPaths(near, want, known)];
}

interface KnownParts {
  readonly ports: readonly number[];
  readonly methods: readonly HttpMethod[];
}

/** Ports and methods may be known each by itself and still not together, or not for this path. */
function uncoveredPaths(
  near: readonly NetPermission[],
  want: NetPermission,
  { ports, methods }: KnownParts,
): readonly Widening[] {
  const paths: string[] = [];
  const queries: string[] = [];
  const globs = near.map((have) => have.paths.flatMap((path) => parseUrlPathPattern(path) ?? []));
  for (const path of want.paths) {
    const onPath = near.filter((_, index) => covers(globs[index] ?? [], path));
    const withQuery = onPath.filter((have) => queryIncludes(have.query, want.query));
    if (allTogether(withQuery, ports, methods)) continue;
    (allTogether(onPath, ports, methods) ? queries : paths).push(path);
  }
  const verbs = methods.join(', ');
  const parameters = want.query === undefined ? 'any query parameter' : `query parameters ${want.query.join(', ')}`;
  return [
    ...(paths.length === 0 ? [] : [widening('url-path', want, paths, `${verbs} ${paths.join(', ')} on ${want.host}`)]),
    ...(queries.length === 0
      ? []
      : [widening('query', want, want.query ?? ['*'], `${parameters} for ${queries.join(', ')} on ${want.host}`)]),
  ];
}

function allTogether(
  having: readonly NetPermission[],
  ports: readonly number[],
  methods: readonly HttpMethod[],
): boolean {
  return ports.every((port) =>
    methods.every((method) => having.some((have) => have.ports.includes(port) && have.methods.includes(method))),
  );
}

function covers(globs: readonly Glob[], path: string): boolean {
  const wanted = parseUrlPathPattern(path);
  if (wanted === undefined) return false;
  return globs.some((glob) => globIncludes(glob, wanted));
}

function queryIncludes(held: readonly string[] | undefined, wanted: readonly string[] | undefined): boolean {
  if (held === undefined) return true;
  if (wanted === undefined) return false;
  return wanted.every((name) => held.includes(name));
}

/** Tells whether every host of one pattern is a host of the other; a text that is no pattern includes nothing. */
export function hostIncludes(outer: string, inner: string): boolean {
  const [wide, narrow] = [parseHostPattern(outer), parseHostPattern(inner)];
  if (wide === undefined || narrow === undefined) return false;
  return patternIncludes(wide, narrow);
}

function widening(kind: Widening['kind'], want: NetPermission, added: readonly string[], message: string): Widening {
  return { kind, subject: want.host, added, message };
}
