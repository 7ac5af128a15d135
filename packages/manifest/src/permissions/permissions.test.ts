import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveLimits } from '../budget-spec.ts';
import { normalisePermissions } from '../normalise-permissions.ts';
import { FS_ACCESS, type FsAccess, HTTP_METHODS, NO_PERMISSIONS, type PermissionSet } from '../permission.ts';
import { explain } from './explain.ts';
import { type AccessRequest, explainRequest } from './explain-request.ts';
import {
  type Authority,
  includes,
  intersectLimits,
  limitsWithin,
  permissionDiff,
  uncoveredPermissions,
} from './includes.ts';
import { intersect } from './intersect.ts';
import { narrowToTool } from './narrow-to-tool.ts';

type Source = Parameters<typeof normalisePermissions>[0];
const set = (source: Source): PermissionSet => normalisePermissions(source);
const fs = (changes: Partial<NonNullable<Source['fs']>[number]> = {}): PermissionSet =>
  set({ fs: [{ mount: 'docs', path: '~/documents', access: ['read', 'list'], ...changes }] });
const net = (changes: Partial<NonNullable<Source['net']>[number]> = {}): PermissionSet =>
  set({ net: [{ host: 'api.example.com', methods: ['GET'], ...changes }] });
const secret = (changes: Partial<NonNullable<Source['secrets']>[number]> = {}): PermissionSet =>
  set({ secrets: [{ name: 'KEY', description: 'd', host: 'api.example.com', in: { header: 'x-key' }, ...changes }] });

const kinds = (held: PermissionSet, wanted: PermissionSet): readonly string[] =>
  uncoveredPermissions(held, wanted).map(({ kind, added }) => `${kind} ${added.join(' ')}`);

describe('what is uncovered', () => {
  it.each<[string, PermissionSet, PermissionSet, readonly string[]]>([
    ['another directory', fs(), fs({ path: '~/pictures' }), ['mount ~/pictures']],
    ['a directory above', fs({ path: '~/documents/a' }), fs(), ['mount ~/documents']],
    ['a sibling with the same beginning', fs(), fs({ path: '~/documents2' }), ['mount ~/documents2']],
    ['more access', fs(), fs({ access: ['read', 'write', 'delete'] }), ['access write', 'access delete']],
    [
      'wider globs',
      fs({ match: ['**/*.pdf'] }),
      fs({ match: ['**/*.pdf', '**/*.txt'] }),
      ['files **/*.txt', 'files **/*.txt'],
    ],
    ['an exception less', fs({ access: ['read'], except: ['private/**'] }), fs({ access: ['read'] }), ['files **']],
    ['another host', net(), net({ host: 'b.example.com' }), ['host b.example.com']],
    ['a wildcard instead of a host', net(), net({ host: '*.example.com' }), ['host *.example.com']],
    ['http', net(), net({ scheme: 'http' }), ['scheme http']],
    ['another port', net(), net({ ports: [443, 8443] }), ['port 8443']],
    ['another method', net(), net({ methods: ['GET', 'POST'] }), ['method POST']],
    ['another path', net({ paths: ['/v1/**'] }), net({ paths: ['/v1/**', '/v2/**'] }), ['url-path /v2/**']],
    ['any parameter', net({ query: ['q'] }), net({}), ['query *']],
    ['another parameter', net({ query: ['q'] }), net({ query: ['q', 'r'] }), ['query q r']],
    ['another secret', secret(), secret({ name: 'OTHER' }), ['secret https://api.example.com/** in header x-key:']],
    [
      'a secret to another host',
      secret(),
      secret({ host: 'b.example.com' }),
      ['secret-place https://b.example.com/** in header x-key:'],
    ],
    [
      'a secret to another port',
      secret(),
      secret({ port: 8443 }),
      ['secret-place https://api.example.com:8443/** in header x-key:'],
    ],
    [
      'a secret to more paths',
      secret({ path: '/v1/**' }),
      secret(),
      ['secret-place https://api.example.com/** in header x-key:'],
    ],
    [
      'a secret in another header',
      secret(),
      secret({ in: { header: 'x-other' } }),
      ['secret-place https://api.example.com/** in header x-other:'],
    ],
    [
      'a secret with another prefix',
      secret(),
      secret({ in: { header: 'x-key', prefix: 'Bearer ' } }),
      ['secret-place https://api.example.com/** in header x-key: Bearer'],
    ],
    [
      'a secret in the query',
      secret(),
      secret({ in: { query: 'x-key' } }),
      ['secret-place https://api.example.com/** in query parameter x-key'],
    ],
    [
      'a secret as a password',
      secret({ in: { basic: { username: 'u' } } }),
      secret({ in: { basic: true } }),
      ['secret-place https://api.example.com/** in basic authentication'],
    ],
    [
      'a secret as the password of another user',
      secret({ in: { basic: true } }),
      secret({ in: { basic: { username: 'u' } } }),
      ['secret-place https://api.example.com/** in basic authentication of u'],
    ],
    [
      'a secret as a key for something else',
      secret({ in: { signer: 'aws-sigv4', options: { region: 'a', service: 's3' } } }),
      secret({ in: { signer: 'aws-sigv4', options: { region: 'a', service: 'iam' } } }),
      ['secret-place https://api.example.com/** in signature aws-sigv4 {"region":"a","service":"iam"}'],
    ],
    ['compiled code', set({}), set({ jit: true }), ['jit jit']],
  ])('names %s, and the way back is no widening', (_name, held, wanted, expected) => {
    expect(kinds(held, wanted)).toEqual(expected);
    expect(includes(held, wanted)).toBe(false);
  });

  it.each<[string, PermissionSet, PermissionSet]>([
    ['a directory below', fs(), fs({ path: '~/documents/a' })],
    ['less access', fs(), fs({ access: ['read'] })],
    ['narrower globs', fs(), fs({ match: ['a/*.pdf'] })],
    ['globs of a directory below', fs({ match: ['a/**'] }), fs({ path: '~/documents/a', match: ['*.pdf'] })],
    ['one exception more', fs(), fs({ except: ['private/**'] })],
    ['a wider exception', fs({ except: ['private/**'] }), fs({ except: ['{private,drafts}/**'] })],
    ['an exception that does not touch it', fs({ except: ['private/**'] }), fs({ match: ['public/**'] })],
    ['another mount name', fs(), fs({ mount: 'papers' })],
    ['a host of the wildcard', net({ host: '*.example.com' }), net()],
    ['an empty list', set({}), net({ methods: [] })],
    ['an empty access list', set({}), fs({ access: [] })],
    ['an empty match', set({}), fs({ match: [] })],
    ['parameters instead of any', net(), net({ query: ['q'] })],
    ['a secret to fewer paths', secret(), secret({ path: '/v1/x' })],
    ['no compiled code', set({ jit: true }), set({})],
    [
      'the same signature with the options in another order',
      secret({ in: { signer: 'aws-sigv4', options: { service: 's', region: 'r' } } }),
      secret({ in: { signer: 'aws-sigv4', options: { region: 'r', service: 's' } } }),
    ],
  ])('is nothing for %s', (_name, held, wanted) => {
    expect(kinds(held, wanted)).toEqual([]);
  });

  it('sees that port and method may be known only apart', () => {
    const held = set({
      net: [
        { host: 'a.example.com', methods: ['GET'], ports: [8443] },
        { host: 'a.example.com', methods: ['POST'], ports: [443] },
      ],
    });
    expect(kinds(held, set({ net: [{ host: 'a.example.com', methods: ['POST'], ports: [8443] }] }))).toEqual([
      'url-path /**',
    ]);
  });

  it('cannot tell below a path with wildcard characters, so it asks', () => {
    expect(includes(fs({ match: ['a*/**'] }), fs({ path: '~/documents/a*' }))).toBe(true);
    expect(includes(fs({ match: ['x/**'] }), fs({ path: '~/documents/a*' }))).toBe(false);
  });
});

describe('permissionDiff', () => {
  const limits = resolveLimits();

  it('adds limits that grew', () => {
    const grown = { ...limits, wallMs: 20_000, files: 100 };
    expect(
      permissionDiff({ permissions: NO_PERMISSIONS, limits }, { permissions: NO_PERMISSIONS, limits: grown }),
    ).toMatchObject([{ kind: 'limit', subject: 'wallMs', added: ['20000'] }]);
    expect(limitsWithin(limits, grown)).toBe(false);
    expect(limitsWithin(grown, { ...grown, wallMs: 1 })).toBe(true);
    expect(intersectLimits(limits, grown)).toMatchObject({ wallMs: 10_000, files: 100 });
  });

  it.each<[Authority['isolation'], Authority['isolation'], boolean]>([
    [undefined, 'session', true],
    ['call', 'session', true],
    ['skill', 'session', true],
    ['session', 'session', false],
    ['session', 'call', false],
    ['session', undefined, false],
    ['call', 'skill', false],
  ])('of a skill that was written for %s and is for %s: new state is %s', (before, after, expected) => {
    const authority = (isolation: Authority['isolation']): Authority => ({
      permissions: NO_PERMISSIONS,
      limits,
      ...(isolation === undefined ? {} : { isolation }),
    });
    expect(permissionDiff(authority(before), authority(after)).map(({ kind }) => kind)).toEqual(
      expected ? ['isolation'] : [],
    );
  });
});

describe('intersect', () => {
  it('keeps what both allow, with the mount name and reason of the first', () => {
    const wish = set({
      fs: [{ mount: 'papers', path: '~/documents/a', access: ['read', 'write'], match: ['**/*.pdf'], reason: 'mine' }],
      net: [{ host: 'api.example.com', methods: ['GET', 'POST'], paths: ['/v1/**'], reason: 'mine' }],
      jit: true,
    });
    const policy = set({
      fs: [{ mount: 'all', path: '~/documents', access: ['read'], except: ['a/private/**'] }],
      net: [{ host: '*.example.com', methods: ['GET'], ports: [443, 80], query: ['q'] }],
    });
    expect(intersect(wish, policy)).toEqual({
      fs: [
        {
          mount: 'papers',
          path: '~/documents/a',
          access: ['read'],
          match: ['**/*.pdf'],
          except: ['private/**'],
          reason: 'mine',
        },
      ],
      net: [
        {
          host: 'api.example.com',
          scheme: 'https',
          ports: [443],
          methods: ['GET'],
          paths: ['/v1/**'],
          query: ['q'],
          reason: 'mine',
        },
      ],
      secrets: [],
      jit: false,
    });
  });

  it('takes the narrower directory whichever side it is on', () => {
    const policy = fs({ path: '~/documents/a/b', match: ['*.md'] });
    expect(intersect(fs({ mount: 'wide' }), policy).fs).toMatchObject([
      { mount: 'wide', path: '~/documents/a/b', match: ['*.md'] },
    ]);
  });

  it('leaves nothing of a directory that is excepted as a whole', () => {
    const got = intersect(fs({ path: '~/documents/private/x' }), fs({ except: ['PRIVATE'] }));
    const request: AccessRequest = { kind: 'fs', mount: 'docs', path: 'a', access: 'read' };
    expect(explainRequest(got, request).allowed).toBe(false);
  });

  it('takes the narrower host whichever side it is on', () => {
    const wide = net({ host: '*.example.com' });
    expect(intersect(wide, net()).net).toMatchObject([{ host: 'api.example.com' }]);
    expect(intersect(net(), wide).net).toMatchObject([{ host: 'api.example.com' }]);
    expect(intersect(wide, net({ host: 'example.com' })).net).toEqual([]);
  });

  it('leaves out entries that have nothing in common', () => {
    expect(intersect(fs({ match: ['*.pdf'] }), fs({ match: ['*.txt'] })).fs).toEqual([]);
    expect(intersect(fs({ access: ['read'] }), fs({ access: ['list'] })).fs).toEqual([]);
    expect(intersect(net({ methods: ['GET'] }), net({ methods: ['POST'] })).net).toEqual([]);
    expect(intersect(net({ scheme: 'http' }), net({ ports: [80] })).net).toEqual([]);
  });

  it('takes the narrower path of a secret', () => {
    expect(intersect(secret(), secret({ path: '/v1/**' })).secrets).toMatchObject([{ path: '/v1/**' }]);
    expect(intersect(secret(), secret({ in: { query: 'k' } })).secrets).toEqual([]);
  });

  it('is the set itself with itself, and nothing with nothing', () => {
    const whole = set({
      fs: [
        {
          mount: 'docs',
          path: '~/documents',
          access: ['read'],
          match: ['**/*.{md,txt}', 'a/**'],
          except: ['private/**'],
        },
      ],
      net: [{ host: '*.example.com', methods: ['GET', 'POST'], query: ['a'] }],
      secrets: [{ name: 'KEY', description: 'd', host: 'a.example.com', in: { query: 'k' } }],
      jit: true,
    });
    expect(intersect(whole, whole)).toEqual(whole);
    expect(intersect(whole, NO_PERMISSIONS)).toEqual(NO_PERMISSIONS);
  });
});

describe('narrowToTool', () => {
  const whole = set({
    fs: [
      { mount: 'docs', path: 'a', access: ['read'] },
      { mount: 'out', path: 'b', access: ['write'] },
    ],
    net: [{ host: 'a.example.com', methods: ['GET'] }],
    secrets: [{ name: 'KEY', description: 'd', host: 'a.example.com', in: { query: 'k' } }],
    data: { quotaMiB: 1 },
  });

  it('is everything without a list and nothing with an empty one', () => {
    expect(narrowToTool(whole, {})).toBe(whole);
    expect(narrowToTool(whole, { permissions: [] })).toEqual(NO_PERMISSIONS);
  });

  it('keeps what the list names', () => {
    expect(narrowToTool(whole, { permissions: ['fs:docs'] })).toEqual({ ...NO_PERMISSIONS, fs: [whole.fs[0]] });
    expect(narrowToTool(whole, { permissions: ['net:a.example.com', 'secret:KEY', 'data'] })).toEqual({
      ...whole,
      fs: [],
    });
    expect(narrowToTool(whole, { permissions: ['data'] })).toEqual({ ...NO_PERMISSIONS, data: whole.data });
  });
});

describe('explainRequest', () => {
  const whole = set({
    fs: [{ mount: 'docs', path: '~/documents', access: ['read'], match: ['**/*.pdf'], except: ['private/**'] }],
    net: [{ host: 'a.example.com', methods: ['GET'], paths: ['/v1/**'], query: ['q'] }],
  });
  const get = {
    kind: 'net',
    scheme: 'https',
    host: 'a.example.com',
    port: 443,
    method: 'GET',
    pathname: '/v1/x',
    query: [],
  } as const;

  it.each<[AccessRequest, string | undefined]>([
    [{ kind: 'fs', mount: 'docs', path: 'a.pdf', access: 'read' }, undefined],
    [{ kind: 'fs', mount: 'other', path: 'a.pdf', access: 'read' }, 'mount-not-declared'],
    [{ kind: 'fs', mount: 'docs', path: 'a.pdf', access: 'write' }, 'access-not-declared'],
    [{ kind: 'fs', mount: 'docs', path: 'a.txt', access: 'read' }, 'path-not-covered'],
    [{ kind: 'fs', mount: 'docs', path: 'private/a.pdf', access: 'read' }, 'path-not-covered'],
    [get, undefined],
    [{ ...get, query: ['q'] }, undefined],
    [{ ...get, host: 'b.example.com' }, 'host-not-declared'],
    [{ ...get, host: 'A.example.com' }, 'host-not-declared'],
    [{ ...get, scheme: 'http' }, 'scheme-not-declared'],
    [{ ...get, port: 80 }, 'port-not-declared'],
    [{ ...get, method: 'get' }, 'method-not-declared'],
    [{ ...get, pathname: '/v2/x' }, 'url-path-not-covered'],
    [{ ...get, query: ['r'] }, 'query-not-covered'],
  ])('%j: %s', (request, rule) => {
    const explanation = explainRequest(whole, request);
    expect(explanation.allowed ? undefined : explanation.rule).toBe(rule);
    if (!explanation.allowed) {
      expect(explanation.message).toMatch(/^Cannot allow ".+": .+/);
      expect(explanation.suggestion).toMatch(/^permissions\.(?:fs|net): \{/);
    }
  });

  it('allows nothing when nothing is declared', () => {
    expect(explainRequest(NO_PERMISSIONS, get)).toMatchObject({ allowed: false, rule: 'host-not-declared' });
  });
});

it('explains a set in plain words that are safe to print', () => {
  const words = explain(
    set({
      fs: [
        {
          mount: 'docs',
          path: '~/doc\u202euments',
          access: ['read', 'list'],
          match: ['*.md', '*.txt'],
          except: ['private/**'],
        },
      ],
      net: [{ host: 'a.example.com', methods: ['GET'], ports: [8443], paths: ['/v1/**'], query: [] }],
      secrets: [{ name: 'KEY', description: 'd', host: 'a.example.com', in: { header: 'x-key' } }],
      jit: true,
    }),
  );
  expect(words).toEqual([
    'read and list files that match *.md or *.txt in ~/doc\\u{202e}uments (as /docs), never private/**',
    'send GET requests to https://a.example.com port 8443, only /v1/**, without query',
    'have the secret KEY sent to https://a.example.com/** in the header x-key, without seeing it',
    'run compiled code, for which its process gets executable memory',
  ]);
  expect(explain(NO_PERMISSIONS)).toEqual([]);
});

const some = <T>(values: readonly T[], maxLength = 3): fc.Arbitrary<T[]> =>
  fc.uniqueArray(fc.constantFrom(...values), { maxLength });
const globs = ['**', '*', 'a/**', '**/*.md', 'a/*.md', 'b', '{a,b}/**', 'a*/**', '?', 'A/**'];
const paths = ['/**', '/', '/v1/**', '/v1/*', '/v1/a', '/{v1,v2}/**', '/v?/a'];
const fsSource = fc.record(
  {
    mount: fc.constantFrom('m', 'n'),
    path: fc.constantFrom('~/d', '~/d/a', '~/d/a/b', 'd', '/d'),
    access: some<FsAccess>(FS_ACCESS),
    match: some(globs),
    except: some(globs, 2),
  },
  { requiredKeys: ['mount', 'path', 'access'] },
);
const netSource = fc.record(
  {
    host: fc.constantFrom('a.example.com', 'b.example.com', '*.example.com', 'example.com', '*.a.example.com'),
    scheme: fc.constantFrom<('http' | 'https')[]>('http', 'https'),
    ports: some([80, 443, 8443]),
    methods: some(HTTP_METHODS),
    paths: some(paths),
    query: some(['q', 'r']),
  },
  { requiredKeys: ['host', 'methods'] },
);
type Place = NonNullable<Source['secrets']>[number]['in'];
const secretSource = fc.record({
  name: fc.constantFrom('K', 'L'),
  description: fc.constant('d'),
  host: fc.constantFrom('a.example.com', 'b.example.com'),
  port: fc.constantFrom(443, 8443),
  path: fc.constantFrom(...paths),
  in: fc.constantFrom<Place[]>({ header: 'x' }, { header: 'x', prefix: 'p ' }, { basic: true }, { signer: 's' }),
});
const permissions = fc
  .record(
    {
      fs: fc.array(fsSource, { maxLength: 3 }),
      net: fc.array(netSource, { maxLength: 3 }),
      secrets: fc.array(secretSource, { maxLength: 2 }),
      data: fc.record({ quotaMiB: fc.integer({ min: 1, max: 3 }), files: fc.integer({ min: 1, max: 3 }) }),
      jit: fc.boolean(),
    },
    { requiredKeys: ['fs', 'net', 'secrets', 'jit'] },
  )
  .map(set);
const request: fc.Arbitrary<AccessRequest> = fc.oneof(
  fc.record({
    kind: fc.constant('fs' as const),
    mount: fc.constantFrom('m', 'n'),
    path: fc.constantFrom('', 'a', 'b', 'a/x', 'a/b', 'a/b/c', 'x.md', 'a/x.md', 'A/x', 'ab/x'),
    access: fc.constantFrom(...FS_ACCESS),
  }),
  fc.record({
    kind: fc.constant('net' as const),
    scheme: fc.constantFrom('https', 'http'),
    host: fc.constantFrom('a.example.com', 'b.example.com', 'example.com', 'x.a.example.com'),
    port: fc.constantFrom(80, 443, 8443),
    method: fc.constantFrom<string[]>(...HTTP_METHODS),
    pathname: fc.constantFrom('/', '/v1', '/v1/a', '/v2/a', '/v1/a/b'),
    query: some(['q', 'r'], 2),
  }),
);

/** The same request seen from the host: where a mount lies must not matter to what it means. */
function allows(held: PermissionSet, wish: AccessRequest, hostPath: string): boolean {
  if (wish.kind === 'net') return explainRequest(held, wish).allowed;
  return held.fs.some((entry) => {
    const target = wish.path === '' ? hostPath : `${hostPath}/${wish.path}`;
    if (target !== entry.path && !target.startsWith(`${entry.path}/`)) return false;
    const below = target.slice(entry.path.length + 1);
    return explainRequest({ ...NO_PERMISSIONS, fs: [entry] }, { ...wish, mount: entry.mount, path: below }).allowed;
  });
}

describe('properties', () => {
  const hostPath = fc.constantFrom('~/d', '~/d/a', '~/d/a/b', 'd', '/d');

  it('the diff is empty exactly when the old includes the new', () => {
    fc.assert(
      fc.property(permissions, permissions, fc.nat(20_000), fc.nat(20_000), (a, b, before, after) => {
        const old = { permissions: a, limits: resolveLimits({ wallMs: before }) };
        const next = { permissions: b, limits: resolveLimits({ wallMs: after }) };
        const covered = includes(a, b) && limitsWithin(old.limits, next.limits);
        expect(permissionDiff(old, next).length === 0).toBe(covered);
      }),
      { numRuns: 1_000 },
    );
  });

  it('every set includes itself and nothing', () => {
    fc.assert(
      fc.property(permissions, (a) => {
        expect(uncoveredPermissions(a, a)).toEqual([]);
        expect(includes(a, NO_PERMISSIONS)).toBe(true);
      }),
    );
  });

  it('includes is sound: what the inner allows, the outer allows', () => {
    let relevant = 0;
    fc.assert(
      fc.property(permissions, permissions, request, hostPath, (a, b, wish, path) => {
        const outer = { ...a, fs: [...a.fs, ...b.fs.slice(1)], net: [...a.net, ...b.net.slice(1)] };
        if (!includes(outer, { ...NO_PERMISSIONS, fs: b.fs, net: b.net }) || !allows(b, wish, path)) return;
        relevant += 1;
        expect(allows(outer, wish, path)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
    expect(relevant).toBeGreaterThan(20);
  });

  it('the intersection is included in both, and allows what it allows in both', () => {
    fc.assert(
      fc.property(permissions, permissions, request, hostPath, (a, b, wish, path) => {
        const both = intersect(a, b);
        expect(uncoveredPermissions(a, both)).toEqual([]);
        expect(uncoveredPermissions(b, both)).toEqual([]);
        if (allows(both, wish, path)) expect(allows(a, wish, path) && allows(b, wish, path)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});
