import { describe, expect, it } from 'vitest';
import { supportsEngine } from './engines.ts';
import { ManifestInvalid } from './errors.ts';
import { FrozenMap } from './frozen-map.ts';
import { parsePermissions, toPermissionSource } from './parse-permissions.ts';
import { NO_PERMISSIONS } from './permission.ts';

describe('parsePermissions', () => {
  it('reads what toPermissionSource writes', () => {
    const set = parsePermissions({
      fs: [{ mount: 'docs', path: '~/documents', access: ['read'], except: ['private/**'], reason: 'why' }],
      net: [
        { host: 'a.example.com', methods: ['GET'], query: ['q'] },
        { host: 'b.example.com', methods: ['GET'] },
      ],
      secrets: [
        { name: 'A', description: 'd', host: 'a.example.com', in: { header: 'x-key', prefix: 'p ' } },
        { name: 'B', description: 'd', host: 'a.example.com', in: { header: 'x-key' } },
        { name: 'C', description: 'd', host: 'a.example.com', in: { query: 'key' } },
        { name: 'D', description: 'd', host: 'a.example.com', in: { basic: true } },
        { name: 'E', description: 'd', host: 'a.example.com', in: { basic: { username: 'u' } } },
        { name: 'F', description: 'd', host: 'a.example.com', in: { signer: 'hmac-sha256' } },
        {
          name: 'G',
          description: 'd',
          host: 'a.example.com',
          in: { signer: 'aws-sigv4', options: { service: 's3', region: 'eu-central-1' } },
        },
      ],
      data: { quotaMiB: 5, reason: 'cache' },
      jit: true,
    });
    const stored: unknown = JSON.parse(JSON.stringify(toPermissionSource(set)));
    expect(parsePermissions(stored)).toEqual(set);
    expect(parsePermissions({})).toEqual(NO_PERMISSIONS);
  });

  it('refuses what a manifest would be refused for, with pointers of its own', () => {
    const issues = (value: unknown): readonly string[] => {
      try {
        parsePermissions(value);
        return [];
      } catch (error) {
        return error instanceof ManifestInvalid
          ? error.issues.map(({ rule, pointer }) => `${rule} ${pointer}`)
          : ['other'];
      }
    };
    expect(issues({ net: [{ host: '*.com', methods: ['GET'] }] })).toEqual(['host-public-suffix /net/0/host']);
    expect(issues({ files: [] })).toEqual(['unknown-field /files']);
    expect(issues(7)).toEqual(['wrong-type ']);
    expect(issues(undefined)).toEqual(['json-value ']);
  });

  it('lets an operator waive what a manifest could', () => {
    const keys = { fs: [{ mount: 'keys', path: '~/.ssh', access: ['read'] }] };
    expect(() => parsePermissions(keys)).toThrow(ManifestInvalid);
    expect(parsePermissions(keys, { waive: ['fs-path-sensitive'] }).fs).toHaveLength(1);
  });
});

describe('supportsEngine', () => {
  it.each([
    ['^0.1.0', '0.1.5', true],
    ['^0.1.0', '0.2.0', false],
    ['>=1.0.0 <2.0.0', '1.0.0-rc.1', false],
    ['^1.0.0', '1.2.0-rc.1', true],
  ])('%s with %s: %s', (carapace, version, expected) => {
    expect(supportsEngine({ engines: { carapace } }, version)).toBe(expected);
  });

  it('takes a skill without a range', () => {
    expect(supportsEngine({}, '9.9.9')).toBe(true);
  });
});

describe('FrozenMap', () => {
  const map = new FrozenMap([
    ['a', 1],
    ['b', 2],
  ] as const);

  it('reads like a map', () => {
    const seen: unknown[] = [];
    map.forEach((value, key, whole) => {
      seen.push([key, value, whole === map]);
    });
    expect(seen).toEqual([
      ['a', 1, true],
      ['b', 2, true],
    ]);
    expect([map.size, map.get('a'), map.has('b'), map.has('b')]).toEqual([2, 1, true, true]);
    expect([[...map], [...map.entries()], [...map.keys()], [...map.values()]]).toEqual([
      [
        ['a', 1],
        ['b', 2],
      ],
      [
        ['a', 1],
        ['b', 2],
      ],
      ['a', 'b'],
      [1, 2],
    ]);
  });

  it('cannot be written to', () => {
    expect(() => Map.prototype.set.call(map, 'c', 3)).toThrow(TypeError);
    expect(Object.isFrozen(map)).toBe(true);
  });
});
