import { deepFreeze } from '../deep-freeze.ts';
import { foldGlob, type Glob, globIncludes, globResidues, parseGlob } from '../glob.ts';
import { foldName } from '../glob-segment.ts';
import { belowToo } from '../path-scope.ts';
import {
  type DataPermission,
  type FsPermission,
  type NetPermission,
  NO_PERMISSIONS,
  type PermissionSet,
  type SecretPermission,
} from '../permission.ts';
import { parseUrlPathPattern } from '../url-path.ts';
import { componentsBelow } from './fs-cover.ts';
import { includes } from './includes.ts';
import { hostIncludes } from './net-cover.ts';
import { placeKey } from './secret-cover.ts';

/**
 * What both sets certainly allow. Entries take mount names and reasons from the first set, so put the skill's wish
 * there and what narrows it second. Two patterns that overlap without one including the other are left out: the answer may be
 * smaller than the true intersection, never larger. One mount may come out as several entries.
 */
export function intersect(one: PermissionSet, other: PermissionSet): PermissionSet {
  const fs = pairs(one.fs, other.fs, intersectFs).filter((entry) =>
    inBoth({ ...NO_PERMISSIONS, fs: [entry] }, one, other),
  );
  const net = pairs(one.net, other.net, intersectNet).filter((entry) =>
    inBoth({ ...NO_PERMISSIONS, net: [entry] }, one, other),
  );
  const secrets = pairs(one.secrets, other.secrets, intersectSecret);
  return deepFreeze({ fs, net, secrets, ...commonData(one.data, other.data), jit: one.jit && other.jit });
}

function commonData(one?: DataPermission, other?: DataPermission): { readonly data?: DataPermission } {
  if (one === undefined || other === undefined) return {};
  const quotaMiB = Math.min(one.quotaMiB, other.quotaMiB);
  return { data: { ...one, quotaMiB, files: Math.min(one.files, other.files) } };
}

function pairs<Entry>(
  left: readonly Entry[],
  right: readonly Entry[],
  meet: (a: Entry, b: Entry) => Entry | undefined,
): readonly Entry[] {
  return left.flatMap((a) => right.flatMap((b) => meet(a, b) ?? []));
}

/** The construction below is meant to be right; a grant is too important to rest on that alone. */
function inBoth(entry: PermissionSet, one: PermissionSet, other: PermissionSet): boolean {
  return includes(one, entry) && includes(other, entry);
}

function intersectFs(one: FsPermission, other: FsPermission): FsPermission | undefined {
  const path = componentsBelow(one.path, other.path) === undefined ? one.path : other.path;
  const left = seenBelow(one, path);
  const right = seenBelow(other, path);
  const access = one.access.filter((word) => other.access.includes(word));
  if (left === undefined || right === undefined || access.length === 0) return undefined;
  const match = narrower(left.match, right.match, parseGlob);
  if (match.length === 0) return undefined;
  return { ...one, path, access, match, except: unique([...left.except, ...right.except]) };
}

function seenBelow(entry: FsPermission, path: string): Pick<FsPermission, 'match' | 'except'> | undefined {
  const below = componentsBelow(entry.path, path);
  if (below === undefined || below.length === 0) return below === undefined ? undefined : entry;
  const folded = below.map(foldName);
  return {
    match: residues(entry.match, below, (glob) => glob),
    except: residues(entry.except, folded, (glob) => foldGlob(belowToo(glob))),
  };
}

function residues(
  sources: readonly string[],
  below: readonly string[],
  prepare: (glob: Glob) => Glob,
): readonly string[] {
  return unique(
    sources.flatMap((source) => {
      const glob = parseGlob(source);
      return glob === undefined ? [] : globResidues(prepare(glob), below);
    }),
  );
}

function intersectNet(one: NetPermission, other: NetPermission): NetPermission | undefined {
  const host = narrowerHost(one.host, other.host);
  const ports = one.ports.filter((port) => other.ports.includes(port));
  const methods = one.methods.filter((method) => other.methods.includes(method));
  const paths = narrower(one.paths, other.paths, parseUrlPathPattern);
  if (host === undefined || one.scheme !== other.scheme) return undefined;
  if (ports.length === 0 || methods.length === 0 || paths.length === 0) return undefined;
  const { query: _, ...rest } = one;
  return { ...rest, host, ports, methods, paths, ...commonQuery(one.query, other.query) };
}

function narrowerHost(one: string, other: string): string | undefined {
  if (hostIncludes(one, other)) return other;
  return hostIncludes(other, one) ? one : undefined;
}

function commonQuery(one?: readonly string[], other?: readonly string[]): { readonly query?: readonly string[] } {
  if (one === undefined) return other === undefined ? {} : { query: other };
  return { query: other === undefined ? one : other.filter((name) => one.includes(name)) };
}

function intersectSecret(one: SecretPermission, other: SecretPermission): SecretPermission | undefined {
  const same =
    one.name === other.name &&
    one.host === other.host &&
    one.port === other.port &&
    placeKey(one.in) === placeKey(other.in);
  const [path] = same ? narrower([one.path], [other.path], parseUrlPathPattern) : [];
  return path === undefined ? undefined : { ...one, path };
}

/** Of each pair of patterns, the one the other includes. */
function narrower(left: readonly string[], right: readonly string[], parse: Parse): readonly string[] {
  const [ones, others] = [parsed(left, parse), parsed(right, parse)];
  const pairsOf = others.flatMap((b) => ones.map((a) => narrowerOf(a, b)));
  return unique(pairsOf.flatMap((found) => found ?? []));
}

type Parse = (source: string) => Glob | undefined;
type Parsed = readonly [source: string, glob: Glob];

function parsed(sources: readonly string[], parse: Parse): readonly Parsed[] {
  return sources.flatMap((source) => {
    const glob = parse(source);
    return glob === undefined ? [] : [[source, glob] as const];
  });
}

function narrowerOf([a, one]: Parsed, [b, other]: Parsed): string | undefined {
  if (a === b || globIncludes(one, other)) return b;
  return globIncludes(other, one) ? a : undefined;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted();
}
