import { type FsRefusal, refuse } from './fs-refusal.ts';
import type { FsRule } from './fs-rules.ts';
import { isTemporaryName } from './temporary-name.ts';

export const MAX_PATH_BYTES = 4096;
export const MAX_COMPONENT_BYTES = 255;
export const MAX_COMPONENTS = 64;

/**
 * A guest path after parsing: `/` is the list of mounts, `/docs/a/b.pdf` is `a`, `b.pdf` in mount `docs`. One trailing
 * slash is allowed and demands a directory.
 */
export type VirtualPath =
  | { readonly kind: 'root' }
  | {
      readonly kind: 'mount';
      readonly mount: string;
      readonly components: readonly string[];
      readonly mustBeDirectory: boolean;
    };

/**
 * C0 and C1 controls (NUL truncates in C, ESC drives terminals), line separators, bidi controls (a name that reads as
 * another one), backslash (a separator elsewhere). Joiners used by scripts and emoji are legal in names.
 */
const FORBIDDEN_CHARACTER = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\\]/u;

/**
 * Parses a path from a guest. Only strings count: a number would be taken for a descriptor and a Buffer or URL for a
 * path by `node:fs`. Nothing is normalised or decoded: `.`, `..` and empty components are refused, `%2e` is a name.
 */
export function parseVirtualPath(path: unknown): VirtualPath | FsRefusal {
  if (typeof path !== 'string') return refuse('path-type');
  // First, so that no later check can cost more than the cap.
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) return refuse('path-length');
  if (!hasOnlyAllowedCharacters(path)) return refuse('path-character');
  if (!path.startsWith('/')) return refuse('path-relative');
  if (path === '/') return { kind: 'root' };
  const mustBeDirectory = path.endsWith('/');
  const [mount, ...components] = path.slice(1, mustBeDirectory ? -1 : undefined).split('/');
  if (mount === undefined) return refuse('component-empty');
  if (components.length + 1 > MAX_COMPONENTS) return refuse('path-depth');
  for (const component of [mount, ...components]) {
    const rule = brokenComponentRule(component);
    if (rule !== undefined) return refuse(rule);
  }
  return { kind: 'mount', mount, components, mustBeDirectory };
}

/** Whether a name found on disk can be spelled in a guest path, so that a listing names only what can be asked for. */
export function isSpellableName(name: string): boolean {
  return hasOnlyAllowedCharacters(name) && brokenComponentRule(name) === undefined && !isTemporaryName(name);
}

function hasOnlyAllowedCharacters(text: string): boolean {
  return text.isWellFormed() && !FORBIDDEN_CHARACTER.test(text);
}

function brokenComponentRule(component: string): FsRule | undefined {
  if (component === '') return 'component-empty';
  if (component === '.' || component === '..') return 'component-dots';
  if (Buffer.byteLength(component) > MAX_COMPONENT_BYTES) return 'component-length';
  return undefined;
}
