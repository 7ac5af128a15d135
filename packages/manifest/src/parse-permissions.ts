import { assertNever } from './assert-never.ts';
import { ManifestInvalid } from './errors.ts';
import type { Permissions } from './generated/manifest-types.ts';
import { type ParseOptions, parseManifest } from './parse-manifest.ts';
import type { PermissionSet } from './permission.ts';

/** The rest of a manifest, so that permissions alone go through the very same schema and rules. */
const CARRIER = {
  manifestVersion: 1,
  name: 'permissions',
  version: '0.0.0',
  description: 'Carries permissions',
  main: 'none.js',
  tools: { none: { description: 'None', input: { type: 'object' } } },
} as const;
const PREFIX = '/permissions';

/**
 * Reads a set of permissions that stands by itself, in the form of a manifest's `permissions`: an operator's policy or
 * the grants a person accepted. What was stored is as untrusted as what was downloaded.
 *
 * @throws ManifestInvalid with every issue; pointers start at the set
 */
export function parsePermissions(value: unknown, options: ParseOptions = {}): PermissionSet {
  try {
    return parseManifest({ ...CARRIER, permissions: value }, options).permissions;
  } catch (error) {
    if (!(error instanceof ManifestInvalid)) throw error;
    const issues = error.issues.map((issue) => ({
      ...issue,
      pointer: issue.pointer.startsWith(PREFIX) ? issue.pointer.slice(PREFIX.length) : issue.pointer,
    }));
    throw new ManifestInvalid(error.code, 'permissions', issues);
  }
}

/** The set in the form `parsePermissions` and a manifest read: for storing what a person has accepted. */
export function toPermissionSource(permissions: PermissionSet): Permissions {
  return {
    fs: permissions.fs.map((entry) => ({
      ...entry,
      access: [...entry.access],
      match: [...entry.match],
      except: [...entry.except],
    })),
    net: permissions.net.map(({ query, ...entry }) => ({
      ...entry,
      ports: [...entry.ports],
      methods: [...entry.methods],
      paths: [...entry.paths],
      ...(query === undefined ? {} : { query: [...query] }),
    })),
    secrets: permissions.secrets.map(({ in: place, ...entry }) => ({ ...entry, in: placeSource(place) })),
    ...(permissions.data === undefined ? {} : { data: { ...permissions.data } }),
    jit: permissions.jit,
  };
}

function placeSource(place: PermissionSet['secrets'][number]['in']): NonNullable<Permissions['secrets']>[number]['in'] {
  switch (place.kind) {
    case 'header':
      return place.prefix === '' ? { header: place.header } : { header: place.header, prefix: place.prefix };
    case 'query':
      return { query: place.query };
    case 'basic':
      return { basic: place.username === undefined ? true : { username: place.username } };
    case 'signature':
      return { signer: place.signer, options: { ...place.options } };
    default:
      return assertNever(place);
  }
}
