import { explainRequest, type NetPermission, NO_PERMISSIONS } from '@carapace/manifest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileNetGrants } from './compile-net-grants.ts';
import type { NetAccess } from './net-grants.ts';

const API: NetPermission = {
  host: 'api.example.com',
  scheme: 'https',
  ports: [443],
  methods: ['GET', 'POST'],
  paths: ['/v1/**'],
  query: ['q'],
};
const ACCESS: NetAccess = {
  scheme: 'https',
  host: 'api.example.com',
  port: 443,
  method: 'GET',
  pathname: '/v1/weather',
  query: ['q'],
};

describe('compileNetGrants', () => {
  const grants = compileNetGrants([API, { ...API, host: '*.example.org', paths: ['/**'] }]);

  it('grants what an entry covers in all its parts', () => {
    expect(grants.decide(ACCESS)).toEqual({ kind: 'granted', wildcard: undefined });
  });

  it('NU-211 tells which wildcard let a host through', () => {
    const access = { ...ACCESS, host: 'a.example.org' };
    expect(grants.decide(access)).toEqual({ kind: 'granted', wildcard: '*.example.org' });
    const both = compileNetGrants([{ ...API, host: '*.example.com' }, API]);
    expect(both.decide(ACCESS)).toEqual({ kind: 'granted', wildcard: undefined });
  });

  it.each([
    ['host-not-declared', { host: 'evil-api.example.com' }],
    ['host-not-declared', { host: 'api.example.com.evil.test' }],
    ['host-not-declared', { host: 'example.org' }],
    ['host-not-declared', { host: 'a.b.example.org' }],
    ['scheme-not-declared', { scheme: 'http' }],
    ['port-not-declared', { port: 8443 }],
    ['method-not-declared', { method: 'DELETE' }],
    ['url-path-not-covered', { pathname: '/v2/weather' }],
    ['url-path-not-covered', { pathname: '/v1/%2e%2e/admin' }],
    ['query-not-covered', { query: ['q', 'token'] }],
  ] as const)('NU-196 NU-213 denies by %s: %j', (rule, change) => {
    const decision = grants.decide({ ...ACCESS, ...change });
    expect(decision).toMatchObject({ kind: 'denied', rule, remedy: expect.stringContaining('permissions.net: {') });
  });

  it('grants nothing for no entry and for one that does not parse', () => {
    expect(compileNetGrants([]).isEmpty).toBe(true);
    const broken = compileNetGrants([{ ...API, host: '127.0.0.1' }]);
    expect(broken.isEmpty).toBe(true);
    expect(broken.decide({ ...ACCESS, host: '127.0.0.1' })).toMatchObject({ kind: 'denied' });
  });

  it.each([
    ['api.example.com', true],
    ['localhost', false],
    ['127.0.0.1', false],
    ['[::1]', false],
    ['printer.local', false],
    ['co.uk', false],
  ])('tells whether a manifest can name %s: %s', (host, expected) => expect(grants.canName(host)).toBe(expected));

  it('decides as explainRequest does', () => {
    const entry = fc.record({
      host: fc.constantFrom('a.example.com', '*.example.com', 'b.example.org'),
      scheme: fc.constantFrom<'http' | 'https'>('http', 'https'),
      ports: fc.subarray([80, 443]),
      methods: fc.subarray<'GET' | 'POST'>(['GET', 'POST']),
      paths: fc.subarray(['/**', '/a/*', '/a/b']),
      query: fc.constantFrom(['q'], ['q', 'r']),
    });
    const access = fc.record({
      scheme: fc.constantFrom('http', 'https'),
      host: fc.constantFrom('a.example.com', 'example.com', 'b.example.org'),
      port: fc.constantFrom(80, 443),
      method: fc.constantFrom('GET', 'POST'),
      pathname: fc.constantFrom('/', '/a/b', '/a/c', '/a/b/c', '/a/%2fb'),
      query: fc.subarray(['q', 'r']),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 3 }), access, (entries, request) => {
        const explained = explainRequest({ ...NO_PERMISSIONS, net: entries }, { kind: 'net', ...request });
        expect(compileNetGrants(entries).decide(request).kind).toBe(explained.allowed ? 'granted' : 'denied');
      }),
      { numRuns: 2_000 },
    );
  });
});
