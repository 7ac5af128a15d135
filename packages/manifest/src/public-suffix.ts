import { parse } from 'tldts';

// The list is part of the package `tldts`. "Private" entries (github.io, vercel.app, …) count as suffixes too: below
// them, every label belongs to somebody else.
const OPTIONS = { allowPrivateDomains: true, extractHostname: false, validateHostname: true } as const;
// A label that no entry of the list names, to see whether the list has a wildcard entry such as `*.kawasaki.jp`.
const PROBE_LABEL = 'carapace-probe-label';

/** The domain somebody can register that a host belongs to, or undefined when the host is itself a public suffix. */
export function registrableDomain(host: string): string | undefined {
  return parse(host, OPTIONS).domain ?? undefined;
}

/** Tells whether a host is a public suffix (`com`, `co.uk`, `github.io`), including what a wildcard entry covers. */
export function isPublicSuffix(host: string): boolean {
  const parsed = parse(host, OPTIONS);
  if (parsed.hostname === null || parsed.domain !== null) return false;
  return parsed.isIcann === true || parsed.isPrivate === true;
}

/** Tells whether `*.host` stays below one registrable domain. */
export function coversOnePublicSuffix(host: string): boolean {
  const own = registrableDomain(host);
  return own !== undefined && registrableDomain(`${PROBE_LABEL}.${host}`) === own;
}
