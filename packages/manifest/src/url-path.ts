import { type Glob, type GlobProblem, globIncludes, globMatches, readGlob } from './glob.ts';

/** Why a text is not a URL path pattern. */
export type UrlPathProblem = GlobProblem | 'no-leading-slash' | 'encoded' | 'not-path';

/** A text either is a URL path pattern or has one first problem. */
export type UrlPathReading =
  | { readonly ok: true; readonly glob: Glob }
  | { readonly ok: false; readonly problem: UrlPathProblem };

const MAX_PATHNAME_LENGTH = 8192;
// A server may decode before it routes: %2f, %5c and %2e would then cut the path anew, and %00 may end it.
const SMUGGLED = /%(?:2f|5c|2e|00|25)/i;
const UNRESERVED = /^[A-Za-z0-9._~-]$/;

/** Reads a glob on URL paths: it starts with `/`, holds no query and no percent-encoded separator. */
export function readUrlPathPattern(text: string): UrlPathReading {
  if (!text.startsWith('/')) return { ok: false, problem: 'no-leading-slash' };
  if (SMUGGLED.test(text)) return { ok: false, problem: 'encoded' };
  if (text.includes('#') || /\s/.test(text)) return { ok: false, problem: 'not-path' };
  return text === '/' ? { ok: true, glob: ROOT } : readGlob(text.slice(1));
}

/** Like `readUrlPathPattern`, for texts that have been accepted before. */
export function parseUrlPathPattern(text: string): Glob | undefined {
  const reading = readUrlPathPattern(text);
  return reading.ok ? reading.glob : undefined;
}

/**
 * Tells whether a pattern covers a path as `URL.pathname` gives it. Percent-encoded letters, digits and `-._~` are the
 * same as themselves (RFC 3986, 6.2.2.2). A path that a server could read in two ways is covered by nothing.
 */
export function urlPathMatches(pattern: Glob, pathname: string): boolean {
  const components = splitPathname(pathname);
  return components !== undefined && globMatches(pattern, components);
}

/** Tells whether every path of `inner` is certainly a path of `outer`. */
export function urlPathIncludes(outer: Glob, inner: Glob): boolean {
  return globIncludes(outer, inner);
}

const ROOT: Glob = { source: '/', choices: [[{ kind: 'literal', text: '' }]] };

function splitPathname(pathname: string): readonly string[] | undefined {
  if (!pathname.startsWith('/') || pathname.length > MAX_PATHNAME_LENGTH) return undefined;
  if (SMUGGLED.test(pathname) || pathname.includes('\\')) return undefined;
  const components = pathname
    .replace(/%([0-9a-f]{2})/gi, decodeUnreserved)
    .slice(1)
    .split('/');
  return components.includes('.') || components.includes('..') ? undefined : components;
}

function decodeUnreserved(encoded: string, hex: string): string {
  const character = String.fromCharCode(Number.parseInt(hex, 16));
  return UNRESERVED.test(character) ? character : encoded.toUpperCase();
}
