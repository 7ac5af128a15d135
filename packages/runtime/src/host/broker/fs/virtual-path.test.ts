import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refuse } from './fs-refusal.ts';
import type { FsRule } from './fs-rules.ts';
import {
  isSpellableName,
  MAX_COMPONENT_BYTES,
  MAX_COMPONENTS,
  MAX_PATH_BYTES,
  parseVirtualPath,
} from './virtual-path.ts';

const REFUSED: readonly (readonly [rule: FsRule, path: unknown])[] = [
  ['path-type', 3],
  ['path-type', undefined],
  ['path-type', Buffer.from('/docs/a')],
  ['path-type', new URL('file:///docs/a')],
  ['path-type', { toString: () => '/docs/a' }],
  ['path-relative', ''],
  ['path-relative', '.'],
  ['path-relative', 'docs/a'],
  ['path-relative', '~/a'],
  ['path-relative', 'file:///docs/a'],
  ['component-dots', '/..'],
  ['component-dots', '/docs/..'],
  ['component-dots', '/docs/../etc'],
  ['component-dots', '/docs/a/../../b'],
  ['component-dots', '/docs/a/./b'],
  ['component-dots', '/docs/../'],
  ['component-empty', '//'],
  ['component-empty', '//docs'],
  ['component-empty', '/docs//a'],
  ['component-empty', '/docs/a//'],
  ['path-character', '/docs/..\\etc'],
  ['path-character', 'C:\\a'],
  ['path-character', '/docs/a\0.txt'],
  ['path-character', '/docs/a\nb'],
  ['path-character', '/docs/\u001b[2J'],
  ['path-character', '/docs/a\u007f'],
  ['path-character', '/docs/a\u0085'],
  ['path-character', '/docs/a\u2028'],
  ['path-character', '/docs/\u202efdp.exe'],
  ['path-character', '/docs/\u2066a'],
  ['path-character', '/docs/\ud800'],
  ['path-character', '/docs/\udc00a'],
  ['component-length', `/docs/${'a'.repeat(MAX_COMPONENT_BYTES + 1)}`],
  ['component-length', `/docs/${'é'.repeat(128)}`],
  ['path-depth', `/docs${'/a'.repeat(MAX_COMPONENTS)}`],
  ['path-length', `/${'a/'.repeat(MAX_PATH_BYTES)}`],
  ['path-length', `/docs/${'€'.repeat(1400)}`],
];

describe('parseVirtualPath', () => {
  it.each(REFUSED)('refuses with rule %s: %j', (rule, path) => {
    expect(parseVirtualPath(path)).toEqual(refuse(rule));
  });

  it('reads / as the list of mounts', () => {
    expect(parseVirtualPath('/')).toEqual({ kind: 'root' });
  });

  it.each([
    ['/docs', [], false],
    ['/docs/', [], true],
    ['/docs/a/b.pdf', ['a', 'b.pdf'], false],
    ['/docs/a/', ['a'], true],
  ])('splits %s', (path, components, mustBeDirectory) => {
    expect(parseVirtualPath(path)).toEqual({ kind: 'mount', mount: 'docs', components, mustBeDirectory });
  });

  it.each(['%2e%2e', '...', 'a ', 'a.', '~', '-rf', 'a:b', 'CON', 'é', '👩‍💻'])(
    'takes %j as a literal name',
    (name) => {
      expect(parseVirtualPath(`/docs/${name}`)).toMatchObject({ kind: 'mount', components: [name] });
    },
  );

  it('accepts each length and depth exactly at its limit', () => {
    expect(parseVirtualPath(`/docs/${'a'.repeat(MAX_COMPONENT_BYTES)}`).kind).toBe('mount');
    expect(parseVirtualPath(`/docs${'/a'.repeat(MAX_COMPONENTS - 1)}`).kind).toBe('mount');
    const longest = `/${Array.from({ length: 16 }, () => 'a'.repeat(255)).join('/')}`;
    expect(longest.length).toBe(MAX_PATH_BYTES);
    expect(parseVirtualPath(longest).kind).toBe('mount');
  });

  it('never lets a separator, a dot component or a control character through', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('/', '.', '\\', '\0', 'a', '%2e', '\u202e', '\ud800') }),
        (text) => {
          const parsed = parseVirtualPath(`/${text}`);
          if (parsed.kind !== 'mount') return;
          for (const name of [parsed.mount, ...parsed.components]) {
            expect(name).toMatch(/^(?!\.{1,2}$)[^/\\\0\u202e]+$/);
            expect(name.isWellFormed()).toBe(true);
          }
          const slash = parsed.mustBeDirectory ? '/' : '';
          expect(`/${[parsed.mount, ...parsed.components].join('/')}${slash}`).toBe(`/${text}`);
        },
      ),
    );
  });
});

describe('isSpellableName', () => {
  it.each(['..', 'a\u001b', 'a\\b', '\u202ea'])('leaves out %j', (name) => {
    expect(isSpellableName(name)).toBe(false);
  });
});
