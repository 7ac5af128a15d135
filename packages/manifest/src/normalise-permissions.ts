import type {
  DataPermission as DataSource,
  FsPermission as FsSource,
  NetPermission as NetSource,
  Permissions as PermissionSource,
  SecretPlace as SecretPlaceSource,
  SecretPermission as SecretSource,
} from './generated/manifest-types.ts';
import { parseMountName } from './ids.ts';
import { readScopePath } from './path-scope.ts';
import {
  type DataPermission,
  DEFAULT_DATA_FILES,
  DEFAULT_PORTS,
  FS_ACCESS,
  type FsPermission,
  HTTP_METHODS,
  type NetPermission,
  type PermissionSet,
  type SecretPermission,
  type SecretPlace,
} from './permission.ts';

/** Fills in defaults and sorts, so that equal permissions are written equally. */
export function normalisePermissions(source: PermissionSource): PermissionSet {
  return {
    fs: (source.fs ?? []).map(toFs).toSorted((a, b) => compare(a.mount, b.mount)),
    net: (source.net ?? []).map(toNet).toSorted((a, b) => compare(netKey(a), netKey(b))),
    secrets: (source.secrets ?? []).map(toSecret).toSorted((a, b) => compare(secretKey(a), secretKey(b))),
    ...(source.data === undefined ? {} : { data: toData(source.data) }),
    jit: source.jit ?? false,
  };
}

function toFs(source: FsSource): FsPermission {
  const path = readScopePath(source.path);
  return {
    mount: parseMountName(source.mount),
    path: path.ok ? path.path : source.path,
    access: FS_ACCESS.filter((word) => source.access.includes(word)),
    match: sortedSet(source.match ?? ['**']),
    except: sortedSet(source.except ?? []),
    ...withReason(source),
  };
}

function toNet(source: NetSource): NetPermission {
  const scheme = source.scheme ?? 'https';
  return {
    host: source.host,
    scheme,
    ports: [...new Set(source.ports ?? [DEFAULT_PORTS[scheme]])].toSorted((a, b) => a - b),
    methods: HTTP_METHODS.filter((method) => source.methods.includes(method)),
    paths: sortedSet(source.paths ?? ['/**']),
    ...(source.query === undefined ? {} : { query: sortedSet(source.query) }),
    ...withReason(source),
  };
}

function toSecret(source: SecretSource): SecretPermission {
  return {
    name: source.name,
    description: source.description,
    host: source.host,
    port: source.port ?? DEFAULT_PORTS.https,
    path: source.path ?? '/**',
    in: toPlace(source.in),
    ...withReason(source),
  };
}

function toPlace({ header, prefix, query, basic, signer, options }: SecretPlaceSource): SecretPlace {
  if (query !== undefined) return { kind: 'query', query };
  if (signer !== undefined) return { kind: 'signature', signer, options: sortedRecord(options ?? {}) };
  if (basic === true) return { kind: 'basic' };
  if (basic !== undefined) return { kind: 'basic', username: basic.username };
  // Header names are case-insensitive (RFC 9110, 5.1): lower case is the canonical spelling.
  return { kind: 'header', header: (header ?? '').toLowerCase(), prefix: prefix ?? '' };
}

function toData(source: DataSource): DataPermission {
  return { quotaMiB: source.quotaMiB, files: source.files ?? DEFAULT_DATA_FILES, ...withReason(source) };
}

function withReason({ reason }: { readonly reason?: string }): { readonly reason?: string } {
  return reason === undefined ? {} : { reason };
}

function sortedSet(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted(compare);
}

function sortedRecord(record: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => compare(a, b)));
}

function netKey(net: NetPermission): string {
  return [net.host, net.scheme, net.ports, net.methods, net.paths, net.query ?? '*'].join(' ');
}

function secretKey(secret: SecretPermission): string {
  return [secret.name, secret.host, secret.port, secret.path, JSON.stringify(secret.in)].join(' ');
}

/** By code unit: the same order on every machine, whatever its locale. */
function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
