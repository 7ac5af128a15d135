import { foldGlob, type Glob, globMatches, globMayMatchBelow, parseGlob } from './glob.ts';
import { foldName } from './glob-segment.ts';
import type { FsPermission } from './permission.ts';

/** A directory permission, ready to be asked about paths. Pure string work: no disk is touched. */
export interface PathScope {
  readonly match: readonly Glob[];
  /** Folded, and reaching below what they name. */
  readonly except: readonly Glob[];
}

const MAX_PATH_LENGTH = 4096;
const MAX_SCOPE_PATH = 1024;

/**
 * Prepares the globs of a permission.
 *
 * @throws TypeError when a glob is not valid, which a parsed manifest cannot contain
 */
export function compileScope(permission: Pick<FsPermission, 'match' | 'except'>): PathScope {
  return {
    match: permission.match.map(compileGlob),
    except: permission.except.map((source) => foldGlob(belowToo(compileGlob(source)))),
  };
}

/**
 * Tells whether a permission covers a path below its mount, such as `reports/2026.pdf`; the empty string is the mount
 * itself. `except` beats `match`, also for everything below an excepted directory, and ignores case and Unicode form:
 * on a file system that folds names, `Private/` opens `private/`. Paths with `.`, `..`, empty components, backslash or
 * NUL are covered by nothing.
 */
export function matchesScope(scope: PathScope, relative: string): boolean {
  const components = splitRelative(relative);
  if (components === undefined || isExcepted(scope, components)) return false;
  return scope.match.some((glob) => globMatches(glob, components));
}

/** Tells whether a directory below the mount may be shown: it is not excepted, and something in it could be covered. */
export function scopeMayMatchBelow(scope: PathScope, relative: string): boolean {
  const components = splitRelative(relative);
  if (components === undefined || isExcepted(scope, components)) return false;
  return scope.match.some((glob) => globMayMatchBelow(glob, components));
}

/** Why a host path in a manifest is not acceptable. */
export type ScopePathProblem =
  | 'empty'
  | 'bad-character'
  | 'dot-dot'
  | 'dot'
  | 'double-slash'
  | 'other-home'
  | 'drive'
  | 'too-long';

/** A text either is a scope path, given in canonical spelling, or has one first problem. */
export type ScopePathReading =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly problem: ScopePathProblem };

/**
 * Reads the host path of a directory permission: absolute, `~/…`, or relative to the project. A leading `./` and a
 * trailing slash are dropped. `/`, `~` and `.` can be read; whether they are acceptable is the sensitive-path rule's job.
 */
export function readScopePath(text: string): ScopePathReading {
  const problem = textProblem(text);
  if (problem !== undefined) return { ok: false, problem };
  if (text === '/' || text === '.' || text === './') return { ok: true, path: text === '/' ? '/' : '.' };
  const path = text.replace(/^\.\//, '').replace(/\/$/, '');
  const wrong = componentProblem(path.split('/'));
  return wrong === undefined ? { ok: true, path } : { ok: false, problem: wrong };
}

function textProblem(text: string): ScopePathProblem | undefined {
  if (text === '') return 'empty';
  if (text.length > MAX_SCOPE_PATH) return 'too-long';
  if (/[\p{Cc}\\]/u.test(text) || !text.isWellFormed()) return 'bad-character';
  if (text.includes('//')) return 'double-slash';
  return /^[a-zA-Z]:/.test(text) ? 'drive' : undefined;
}

function componentProblem(components: readonly string[]): ScopePathProblem | undefined {
  if (components.includes('..')) return 'dot-dot';
  if (components.includes('.')) return 'dot';
  const [first = ''] = components;
  // `~name` is another user's home in a shell and an ordinary folder elsewhere: two readings, so neither.
  return first.startsWith('~') && first !== '~' ? 'other-home' : undefined;
}

function isExcepted(scope: PathScope, components: readonly string[]): boolean {
  if (scope.except.length === 0) return false;
  const folded = components.map(foldName);
  return scope.except.some((glob) => globMatches(glob, folded));
}

function splitRelative(relative: string): readonly string[] | undefined {
  if (relative === '') return [];
  if (relative.length > MAX_PATH_LENGTH || relative.includes('\\') || relative.includes('\0')) return undefined;
  const components = relative.split('/');
  return components.some((part) => part === '' || part === '.' || part === '..') ? undefined : components;
}

function compileGlob(source: string): Glob {
  const glob = parseGlob(source);
  if (glob === undefined)
    throw new TypeError(`Cannot compile glob ${JSON.stringify(source)}: not in the glob language`);
  return glob;
}

/** Makes an exception reach everything below what it names. */
export function belowToo(glob: Glob): Glob {
  return {
    source: glob.source,
    choices: glob.choices.map((choice) =>
      choice.at(-1)?.kind === 'globstar' ? choice : [...choice, { kind: 'globstar' }],
    ),
  };
}
