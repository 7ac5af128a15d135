import { decodeALabel } from './a-label.ts';
import { coversOnePublicSuffix, isPublicSuffix, registrableDomain } from './public-suffix.ts';

/** A host a permission may name, in canonical spelling: lower-case ASCII, A-labels, no trailing dot. */
export type HostPattern =
  | { readonly kind: 'exact'; readonly host: string }
  /** `*.example.com`: exactly one label in place of the star, never the domain itself. */
  | { readonly kind: 'wildcard'; readonly suffix: string };

/** Why a text is not a host pattern. */
export type HostProblem =
  | 'not-bare'
  | 'not-ascii'
  | 'upper-case'
  | 'trailing-dot'
  | 'wildcard-form'
  | 'ip-literal'
  | 'local-name'
  | 'bad-label'
  | 'bad-a-label'
  | 'public-suffix';

/** A text either is a host pattern or has one first problem. */
export type HostReading =
  | { readonly ok: true; readonly pattern: HostPattern }
  | { readonly ok: false; readonly problem: HostProblem };

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
// The WHATWG host parser takes a name whose last label is a number (any base) for an IPv4 address: 0x7f.1, 127.1, 2130706433.
const NUMBER_LABEL = /^(?:[0-9]+|0x[0-9a-f]*)$/;
const MAX_HOST_LENGTH = 253;
// Names that lead into the local network or nowhere: RFC 6762 and 8375, the list of ICANN's SAC113 and common router defaults.
const LOCAL_SUFFIXES: readonly string[] = [
  'localhost',
  'local',
  'localdomain',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'home.arpa',
];

/** Reads one host pattern, refusing every spelling but the canonical one, so that comparing strings compares hosts. */
export function readHostPattern(text: string): HostReading {
  const problem = spellingProblem(text);
  if (problem !== undefined) return { ok: false, problem };
  const wildcard = text.startsWith('*.');
  const host = wildcard ? text.slice(2) : text;
  const hostProblem = nameProblem(host);
  if (hostProblem !== undefined) return { ok: false, problem: hostProblem };
  if (wildcard ? !coversOnePublicSuffix(host) : isPublicSuffix(host)) return { ok: false, problem: 'public-suffix' };
  return { ok: true, pattern: wildcard ? { kind: 'wildcard', suffix: host } : { kind: 'exact', host } };
}

/** Like `readHostPattern`, for texts that have been accepted before. */
export function parseHostPattern(text: string): HostPattern | undefined {
  const reading = readHostPattern(text);
  return reading.ok ? reading.pattern : undefined;
}

/** The one spelling of a pattern. */
export function formatHostPattern(pattern: HostPattern): string {
  return pattern.kind === 'exact' ? pattern.host : `*.${pattern.suffix}`;
}

/**
 * Tells whether a pattern covers a host. The host must be in canonical spelling, as `URL.hostname` gives it: an
 * upper-case letter or a trailing dot is a mismatch, never a match.
 */
export function matchesHost(pattern: HostPattern, host: string): boolean {
  if (pattern.kind === 'exact') return host === pattern.host;
  const dot = host.indexOf('.');
  if (dot < 1 || host.slice(dot + 1) !== pattern.suffix || !LABEL.test(host.slice(0, dot))) return false;
  // `*.amazonaws.com` must not cover `s3.amazonaws.com`: below a public suffix other people's sites live.
  return registrableDomain(host) === registrableDomain(pattern.suffix);
}

/** Tells whether every host of `inner` is a host of `outer`. */
export function patternIncludes(outer: HostPattern, inner: HostPattern): boolean {
  if (inner.kind === 'exact') return matchesHost(outer, inner.host);
  return outer.kind === 'wildcard' && outer.suffix === inner.suffix;
}

function spellingProblem(text: string): HostProblem | undefined {
  // Not ASCII first: the full-width stop and the Cyrillic letters look like what they are not.
  if (!/^\p{ASCII}*$/u.test(text)) return 'not-ascii';
  if (text.includes('[') || text.includes(']')) return 'ip-literal';
  if (/[:/?#@\\\s]/.test(text)) return 'not-bare';
  if (text !== text.toLowerCase()) return 'upper-case';
  if (text.endsWith('.')) return 'trailing-dot';
  const star = text.lastIndexOf('*');
  return star > 0 || text === '*' || (star === 0 && !text.startsWith('*.')) ? 'wildcard-form' : undefined;
}

function nameProblem(host: string): HostProblem | undefined {
  const labels = host.split('.');
  const last = labels.at(-1) ?? '';
  if (host.length > MAX_HOST_LENGTH || !labels.every((label) => LABEL.test(label))) return 'bad-label';
  if (NUMBER_LABEL.test(last)) return 'ip-literal';
  if (isLocalName(host)) return 'local-name';
  if (labels.some((label) => label.startsWith('xn--') && decodeALabel(label) === undefined)) return 'bad-a-label';
  return labels.length < 2 && !isPublicSuffix(host) ? 'local-name' : undefined;
}

function isLocalName(host: string): boolean {
  return LOCAL_SUFFIXES.some((suffix) => host === suffix || host.endsWith(`.${suffix}`));
}
