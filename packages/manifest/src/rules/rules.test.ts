import { describe, expect, it } from 'vitest';
import { ManifestInvalid } from '../errors.ts';
import { parseManifest } from '../parse-manifest.ts';
import { type RuleCase, SECRET_CASES, secret } from './fixtures/secret-cases.ts';
import { RULES } from './rule-list.ts';

const input = { type: 'object' };
const GOOD = {
  manifestVersion: 1,
  name: 'weather',
  version: '1.2.0',
  description: 'Tells the weather',
  main: 'dist/skill.js',
  tools: { current: { description: 'Weather now', input } },
};

const tool = (changes: Record<string, unknown>): Record<string, unknown> => ({
  tools: { current: { description: 'd', input, ...changes } },
});
const fs = (changes: Record<string, unknown>): Record<string, unknown> => ({
  permissions: { fs: [{ mount: 'docs', path: '~/documents', access: ['read'], ...changes }] },
});
const net = (changes: Record<string, unknown>): Record<string, unknown> => ({
  permissions: { net: [{ host: 'api.example.com', methods: ['GET'], ...changes }] },
});
const host = (name: string): Record<string, unknown> => net({ host: name });
const data = (wish: Record<string, unknown>, mount: string): Record<string, unknown> => ({
  permissions: { fs: [{ mount, path: '~/documents', access: ['read'] }], data: wish },
});

/** Globs that stand for `count` times `choices` patterns. */
const patterns = (count: number, choices: number): Record<string, unknown> => {
  const words = Array.from({ length: choices }, (_, at) => `w${at}`).join();
  return fs({ match: Array.from({ length: count }, (_, at) => `x${at}{${words}}`) });
};

const CASES: readonly RuleCase[] = [
  { rule: 'name-form', at: '/name', bad: { name: 'Weather' }, good: { name: 'weather-2' } },
  { rule: 'name-form', at: '/name', bad: { name: 'a\u202eb' }, good: { name: 'ab' } },
  { rule: 'version-semver', at: '/version', bad: { version: '1.2' }, good: { version: '1.2.0-rc.1' } },
  { rule: 'main-relative-js', at: '/main', bad: { main: '../x.js' }, good: { main: 'x.js' } },
  { rule: 'main-relative-js', at: '/main', bad: { main: '/x.js' }, good: { main: 'a/b/x.mjs' } },
  { rule: 'main-relative-js', at: '/main', bad: { main: 'x.ts' }, good: { main: 'x.min.js' } },
  { rule: 'main-relative-js', at: '/main', bad: { main: 'a\\x.js' }, good: { main: 'a_x.js' } },
  { rule: 'main-relative-js', at: '/main', bad: { main: 'a/./x.js' }, good: { main: 'a/x.js' } },
  {
    rule: 'engines-range',
    at: '/engines/carapace',
    bad: { engines: { carapace: 'new' } },
    good: { engines: { carapace: '>=0.1 <1' } },
  },
  {
    rule: 'engines-range',
    at: '/engines/carapace',
    bad: { engines: { carapace: '*' } },
    good: { engines: { carapace: '1.x' } },
  },
  { rule: 'license-form', at: '/license', bad: { license: 'see <file>' }, good: { license: '(MIT OR Apache-2.0)' } },
  { rule: 'description-blank', at: '/description', bad: { description: ' \n' }, good: { description: 'd' } },
  {
    rule: 'description-blank',
    at: '/tools/current/description',
    bad: tool({ description: ' ' }),
    good: tool({ description: 'd' }),
  },
  { rule: 'hidden-characters', at: '/description', bad: { description: 'a\u202eb' }, good: { description: 'a\nb' } },
  {
    rule: 'hidden-characters',
    at: '/tools/current/title',
    bad: tool({ title: 'a\u{e0041}' }),
    good: tool({ title: 'é' }),
  },
  {
    rule: 'hidden-characters',
    at: '/permissions/net/0/reason',
    bad: net({ reason: '\u200b' }),
    good: net({ reason: 'why' }),
  },
  { rule: 'tools-empty', at: '/tools', bad: { tools: {} }, good: {} },
  {
    rule: 'tool-name-form',
    at: '/tools/a.b',
    bad: { tools: { 'a.b': { description: 'd', input } } },
    good: { tools: { a_b: { description: 'd', input } } },
  },
  {
    rule: 'tool-name-unique',
    at: '/tools/Get',
    bad: { tools: { get: { description: 'd', input }, Get: { description: 'd', input } } },
    good: { tools: { get: { description: 'd', input }, get2: { description: 'd', input } } },
  },
  {
    rule: 'tool-name-length',
    at: `/tools/${'x'.repeat(56)}`,
    bad: { tools: { ['x'.repeat(56)]: { description: 'd', input } } },
    good: { tools: { ['x'.repeat(55)]: { description: 'd', input } } },
  },
  {
    rule: 'tool-annotations-contradict',
    at: '/tools/current/annotations/destructive',
    bad: tool({ annotations: { readOnly: true, destructive: true } }),
    good: tool({ annotations: { readOnly: true, destructive: false } }),
  },
  {
    rule: 'tool-approval-destructive',
    at: '/tools/current/approval',
    bad: tool({ annotations: { destructive: true }, approval: 'never' }),
    good: tool({ annotations: { destructive: true }, approval: 'once' }),
  },
  {
    rule: 'tool-read-only-writes',
    at: '/tools/current/annotations/readOnly',
    bad: { ...tool({ annotations: { readOnly: true } }), ...fs({ access: ['read', 'delete'] }) },
    good: { ...tool({ annotations: { readOnly: true }, permissions: [] }), ...fs({ access: ['read', 'delete'] }) },
  },
  {
    rule: 'tool-read-only-writes',
    at: '/tools/current/annotations/readOnly',
    bad: { ...tool({ annotations: { readOnly: true }, permissions: ['fs:docs'] }), ...fs({ access: ['create'] }) },
    good: {
      ...tool({ annotations: { readOnly: true }, permissions: ['fs:docs'] }),
      ...fs({ access: ['read', 'list'] }),
    },
  },
  {
    rule: 'tool-permission-declared',
    at: '/tools/current/permissions/0',
    bad: { ...tool({ permissions: ['net:evil.example.com'] }), ...net({}) },
    good: { ...tool({ permissions: ['net:api.example.com'] }), ...net({}) },
  },
  {
    rule: 'tool-permission-declared',
    at: '/tools/current/permissions/0',
    bad: { ...tool({ permissions: ['secret:OTHER'] }), ...secret({}) },
    good: { ...tool({ permissions: ['secret:KEY', 'net:api.example.com'] }), ...secret({}) },
  },
  {
    rule: 'tool-input-object',
    at: '/tools/current/input',
    bad: tool({ input: {} }),
    good: tool({ input: { type: 'object' } }),
  },
  {
    rule: 'schema-supported',
    at: '/tools/current/input/properties/a/pattern',
    bad: tool({ input: { type: 'object', properties: { a: { pattern: '(?=a)' } } } }),
    good: tool({ input: { type: 'object', properties: { a: { pattern: '^a+$' } } } }),
  },
  {
    rule: 'schema-supported',
    at: '/tools/current/output/$ref',
    bad: tool({ output: { $ref: 'https://example.com/s' } }),
    good: tool({ output: { type: 'string' } }),
  },
  {
    rule: 'schema-supported',
    at: '/config/minLength',
    bad: { config: { minLength: -1 } },
    good: { config: { minLength: 0 } },
  },
  {
    rule: 'fs-mount-form',
    at: '/permissions/fs/0/mount',
    bad: fs({ mount: 'My Docs' }),
    good: fs({ mount: 'my-docs' }),
  },
  {
    rule: 'fs-mount-unique',
    at: '/permissions/fs/1/mount',
    bad: {
      permissions: {
        fs: [
          { mount: 'a', path: 'x', access: [] },
          { mount: 'a', path: 'y', access: [] },
        ],
      },
    },
    good: {
      permissions: {
        fs: [
          { mount: 'a', path: 'x', access: [] },
          { mount: 'b', path: 'y', access: [] },
        ],
      },
    },
  },
  { rule: 'fs-path-form', at: '/permissions/fs/0/path', bad: fs({ path: '~/a/../..' }), good: fs({ path: '~/a/b' }) },
  { rule: 'fs-path-form', at: '/permissions/fs/0/path', bad: fs({ path: 'a\0b' }), good: fs({ path: 'ab' }) },
  { rule: 'fs-path-sensitive', at: '/permissions/fs/0/path', bad: fs({ path: '/' }), good: fs({ path: '/srv/data' }) },
  { rule: 'fs-path-sensitive', at: '/permissions/fs/0/path', bad: fs({ path: '~/.ssh' }), good: fs({ path: '~/ssh' }) },
  {
    rule: 'fs-path-sensitive',
    at: '/permissions/fs/0/match/0',
    bad: fs({ path: 'work', match: ['**/.git/hooks/*'] }),
    good: fs({ path: 'work', match: ['**/hooks/*'] }),
  },
  { rule: 'fs-glob', at: '/permissions/fs/0/match/0', bad: fs({ match: ['../*'] }), good: fs({ match: ['**/*'] }) },
  {
    rule: 'fs-glob',
    at: '/permissions/fs/0/except/0',
    bad: fs({ except: ['private/'] }),
    good: fs({ except: ['private'] }),
  },
  {
    rule: 'host-bare',
    at: '/permissions/net/0/host',
    bad: host('https://api.example.com'),
    good: host('api.example.com'),
  },
  { rule: 'host-bare', at: '/permissions/net/0/host', bad: host('api.example.com:443'), good: host('api.example.com') },
  {
    rule: 'host-ascii',
    at: '/permissions/net/0/host',
    bad: host('bücher.example'),
    good: host('xn--bcher-kva.example'),
  },
  {
    rule: 'host-lower-case',
    at: '/permissions/net/0/host',
    bad: host('API.example.com'),
    good: host('api.example.com'),
  },
  { rule: 'host-trailing-dot', at: '/permissions/net/0/host', bad: host('example.com.'), good: host('example.com') },
  { rule: 'host-wildcard', at: '/permissions/net/0/host', bad: host('*'), good: host('*.example.com') },
  {
    rule: 'host-wildcard',
    at: '/permissions/net/0/host',
    bad: host('api.*.example.com'),
    good: host('*.api.example.com'),
  },
  { rule: 'host-label', at: '/permissions/net/0/host', bad: host('.example.com'), good: host('a.example.com') },
  {
    rule: 'host-ip-literal',
    at: '/permissions/net/0/host',
    bad: host('0x7f000001'),
    good: host('x7f000001.example.com'),
  },
  {
    rule: 'host-local-name',
    at: '/permissions/net/0/host',
    bad: host('metadata.google.internal'),
    good: host('metadata.google.com'),
  },
  {
    rule: 'host-a-label',
    at: '/permissions/net/0/host',
    bad: host('xn--a.example.com'),
    good: host('xn--mnchen-3ya.example.com'),
  },
  { rule: 'host-public-suffix', at: '/permissions/net/0/host', bad: host('*.co.uk'), good: host('*.example.co.uk') },
  {
    rule: 'net-method',
    at: '/permissions/net/0/methods/0',
    bad: net({ methods: ['CONNECT'] }),
    good: net({ methods: ['OPTIONS'] }),
  },
  {
    rule: 'net-method',
    at: '/permissions/net/0/methods/1',
    bad: net({ methods: ['GET', 'get'] }),
    good: net({ methods: ['GET', 'HEAD'] }),
  },
  {
    rule: 'net-path',
    at: '/permissions/net/0/paths/0',
    bad: net({ paths: ['/a%2fb'] }),
    good: net({ paths: ['/a/b'] }),
  },
  { rule: 'net-path', at: '/permissions/secrets/0/path', bad: secret({ path: 'v1' }), good: secret({ path: '/v1' }) },
  { rule: 'net-query', at: '/permissions/net/0/query/0', bad: net({ query: ['a&b'] }), good: net({ query: ['a[b]'] }) },
  {
    rule: 'net-http-reason',
    at: '/permissions/net/0/scheme',
    bad: net({ scheme: 'http' }),
    good: net({ scheme: 'http', reason: 'no TLS there' }),
  },
  {
    rule: 'net-http-reason',
    at: '/permissions/net/0/scheme',
    bad: net({ scheme: 'http', reason: ' ' }),
    good: net({ scheme: 'https' }),
  },
  ...SECRET_CASES,
  {
    rule: 'fs-mount-reserved',
    at: '/permissions/fs/0/mount',
    bad: data({ quotaMiB: 1 }, 'data'),
    good: data({ quotaMiB: 1 }, 'docs'),
  },
  {
    rule: 'hidden-characters',
    at: '/permissions/data/reason',
    bad: data({ quotaMiB: 1, reason: 'a\u202eb' }, 'docs'),
    good: data({ quotaMiB: 1, reason: 'cache' }, 'docs'),
  },
  {
    rule: 'tool-permission-declared',
    at: '/tools/current/permissions/0',
    bad: { ...tool({ permissions: ['data'] }), ...fs({ mount: 'data' }) },
    good: { ...tool({ permissions: ['data'] }), ...data({ quotaMiB: 1 }, 'docs') },
  },
  {
    rule: 'tool-read-only-writes',
    at: '/tools/current/annotations/readOnly',
    bad: { ...tool({ annotations: { readOnly: true } }), ...fs({ access: ['write'] }) },
    good: { ...tool({ annotations: { readOnly: true } }), ...data({ quotaMiB: 1 }, 'docs') },
  },
  {
    rule: 'pattern-count',
    at: '/permissions',
    bad: patterns(9, 16),
    good: patterns(8, 16),
  },
  {
    rule: 'permission-duplicate',
    at: '/permissions/net/1',
    bad: {
      permissions: {
        net: [
          { host: 'a.example.com', methods: ['GET'] },
          { methods: ['GET'], host: 'a.example.com' },
        ],
      },
    },
    good: {
      permissions: {
        net: [
          { host: 'a.example.com', methods: ['GET'] },
          { host: 'a.example.com', methods: ['POST'] },
        ],
      },
    },
  },
  {
    rule: 'limit-bounds',
    at: '/limits/wallMs',
    bad: { limits: { wallMs: 300_001 } },
    good: { limits: { wallMs: 300_000 } },
  },
  { rule: 'limit-bounds', at: '/limits/wallMs', bad: { limits: { wallMs: 9 } }, good: { limits: { wallMs: 10 } } },
  { rule: 'limit-bounds', at: '/limits/wallMs', bad: { limits: { wallMs: 1e308 } }, good: { limits: { wallMs: 1e3 } } },
  { rule: 'limit-bounds', at: '/limits/files', bad: { limits: { files: -1 } }, good: { limits: { files: 0 } } },
  {
    rule: 'limit-bounds',
    at: '/tools/current/limits/concurrency',
    bad: tool({ limits: { concurrency: 0 } }),
    good: tool({ limits: { concurrency: 1 } }),
  },
  {
    rule: 'limit-bounds',
    at: '/tools/current/limits/callsPerMinute',
    bad: { ...tool({ limits: { callsPerMinute: 1_000_001 } }), limits: { callsPerMinute: 1_000_000 } },
    good: { ...tool({ limits: { callsPerMinute: 1_000_000 } }), limits: { callsPerMinute: 1_000_000 } },
  },
  {
    rule: 'tool-limit-above-skill',
    at: '/tools/current/limits/concurrency',
    bad: { ...tool({ limits: { concurrency: 3 } }), limits: { concurrency: 2 } },
    good: { ...tool({ limits: { concurrency: 2 } }), limits: { concurrency: 2 } },
  },
  {
    rule: 'tool-limit-above-skill',
    at: '/tools/current/limits/callsPerMinute',
    bad: tool({ limits: { callsPerMinute: 61 } }),
    good: tool({ limits: { callsPerMinute: 60 } }),
  },
  { rule: 'limit-bounds', at: '/limits/files', bad: { limits: { files: 1.5 } }, good: { limits: { files: 1 } } },
];

function found(changes: Record<string, unknown>): readonly string[] {
  try {
    parseManifest({ ...GOOD, ...changes });
    return [];
  } catch (error) {
    if (!(error instanceof ManifestInvalid)) throw error;
    for (const issue of error.issues) expect(issue.fix, issue.rule).toMatch(/\S/);
    return error.issues.map(({ rule, pointer }) => `${rule} ${pointer}`);
  }
}

describe('rules', () => {
  it.each(CASES.map((each) => [each.rule, each.at, each] as const))('%s at %s', (rule, at, { bad, good }) => {
    expect(found(bad)).toContain(`${rule} ${at}`);
    expect(found(good)).toEqual([]);
  });

  it('each have an id of their own, a message and a fix, and a case here', () => {
    const ids = RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...new Set(CASES.map(({ rule }) => rule))].toSorted()).toEqual([...ids].toSorted());
    for (const rule of RULES) {
      expect(rule.message).toMatch(/^Cannot .*[^.]$/);
      expect(rule.fix).toMatch(/[^.]$/);
    }
  });

  it('only ever report one of them for a broken host, next to what depends on it', () => {
    expect(found(host('*.com'))).toEqual(['host-public-suffix /permissions/net/0/host']);
    expect(found(host('HTTP://x'))).toEqual(['host-bare /permissions/net/0/host']);
  });

  it('suggest the A-label for an international name', () => {
    try {
      parseManifest({ ...GOOD, ...host('bücher.example') });
    } catch (error) {
      expect(error instanceof ManifestInvalid && error.issues[0]?.fix).toBe(
        'write the A-label "xn--bcher-kva.example"',
      );
    }
    expect.assertions(1);
  });

  it('let every refinement be empty, which allows nothing', () => {
    expect(found(net({ methods: [], paths: [], ports: [], query: [] }))).toEqual([]);
    expect(found(fs({ access: [], match: [], except: [] }))).toEqual([]);
  });
});
