import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCarapaceError } from './carapace-error.ts';
import { ManifestInvalid } from './errors.ts';
import { parseToolName } from './ids.ts';
import type { ManifestIssue } from './manifest-issue.ts';
import { MANIFEST_BOUNDS, parseManifest, parseManifestText } from './parse-manifest.ts';

const minimal = {
  manifestVersion: 1,
  name: 'weather',
  version: '1.2.0',
  description: 'Tells the weather',
  main: 'dist/skill.js',
  tools: { current: { description: 'Weather now', input: { type: 'object' } } },
};

function failure(parse: () => unknown): ManifestInvalid {
  try {
    parse();
  } catch (error) {
    if (error instanceof ManifestInvalid) return error;
    throw error;
  }
  throw new TypeError('nothing was thrown');
}

const rulesOf = (issues: readonly ManifestIssue[]): readonly string[] => issues.map(({ rule }) => rule);

describe('parseManifest', () => {
  it('fills in every default', () => {
    const manifest = parseManifest(minimal);
    expect(manifest).toMatchObject({
      manifestVersion: 1,
      name: 'weather',
      version: '1.2.0',
      main: 'dist/skill.js',
      permissions: { fs: [], net: [], secrets: [], jit: false },
      isolation: 'skill',
      limits: { wallMs: 10_000, brokerCalls: 1_000 },
    });
    expect(manifest.tools.get(parseToolName('current'))).toEqual({
      name: 'current',
      description: 'Weather now',
      input: { type: 'object' },
      annotations: { readOnly: false, destructive: true, idempotent: false, openWorld: true },
      approval: 'once',
      limits: { concurrency: 4, callsPerMinute: 60 },
    });
    expect(manifest).not.toHaveProperty('license');
    expect(manifest).not.toHaveProperty('engines');
    expect(manifest).not.toHaveProperty('config');
  });

  it('keeps what is given', () => {
    const manifest = parseManifest({
      ...minimal,
      $schema: 'https://example.com/schema.json',
      license: 'Apache-2.0 OR MIT',
      engines: { carapace: '^0.1.0' },
      config: { type: 'object' },
      isolation: 'session',
      limits: { wallMs: 500, cpuMs: 400, callsPerMinute: 90 },
      tools: {
        wipe: {
          title: 'Wipe',
          description: 'Wipes',
          input: { type: 'object' },
          output: { type: 'string' },
          annotations: { destructive: true, idempotent: true, openWorld: false },
          approval: 'always',
          permissions: [],
          limits: { concurrency: 1 },
        },
        look: { description: 'Looks', input: { type: 'object' }, annotations: { readOnly: true } },
      },
    });
    expect(manifest).toMatchObject({
      license: 'Apache-2.0 OR MIT',
      engines: { carapace: '^0.1.0' },
      config: { type: 'object' },
      isolation: 'session',
      limits: { wallMs: 500, cpuMs: 400, callsPerMinute: 90 },
    });
    expect([...manifest.tools.keys()]).toEqual(['look', 'wipe']);
    expect(manifest.tools.get(parseToolName('look'))).toMatchObject({
      approval: 'never',
      annotations: { readOnly: true, destructive: false },
    });
    expect(manifest.tools.get(parseToolName('wipe'))).toMatchObject({
      title: 'Wipe',
      output: { type: 'string' },
      approval: 'always',
      permissions: [],
      limits: { concurrency: 1, callsPerMinute: 90 },
    });
  });

  it('writes permissions in one canonical form', () => {
    const { permissions } = parseManifest({
      ...minimal,
      permissions: {
        fs: [
          { mount: 'z', path: './data/', access: ['list', 'read', 'list'], match: ['b', 'a', 'b'] },
          { mount: 'a', path: '~/documents', access: [] },
        ],
        net: [
          { host: 'b.example.com', methods: ['POST', 'GET'], ports: [8443, 443, 443], reason: 'why' },
          { host: 'a.example.com', methods: ['GET'], scheme: 'http', reason: 'old', query: ['b', 'a'] },
        ],
        secrets: [
          { name: 'KEY', description: 'd', host: 'b.example.com', in: { header: 'X-Key' } },
          {
            name: 'TOKEN',
            description: 'd',
            host: 'b.example.com',
            port: 8443,
            path: '/v1/**',
            in: { query: 'token' },
          },
        ],
        jit: true,
      },
    });
    expect(permissions).toEqual({
      fs: [
        { mount: 'a', path: '~/documents', access: [], match: ['**'], except: [] },
        { mount: 'z', path: 'data', access: ['read', 'list'], match: ['a', 'b'], except: [] },
      ],
      net: [
        {
          host: 'a.example.com',
          scheme: 'http',
          ports: [80],
          methods: ['GET'],
          paths: ['/**'],
          query: ['a', 'b'],
          reason: 'old',
        },
        {
          host: 'b.example.com',
          scheme: 'https',
          ports: [443, 8443],
          methods: ['GET', 'POST'],
          paths: ['/**'],
          reason: 'why',
        },
      ],
      secrets: [
        {
          name: 'KEY',
          description: 'd',
          host: 'b.example.com',
          port: 443,
          path: '/**',
          in: { kind: 'header', header: 'x-key', prefix: '' },
        },
        {
          name: 'TOKEN',
          description: 'd',
          host: 'b.example.com',
          port: 8443,
          path: '/v1/**',
          in: { kind: 'query', query: 'token' },
        },
      ],
      jit: true,
    });
  });

  it('freezes the manifest to the bottom and cuts it off from its source', () => {
    const source = structuredClone(minimal);
    const manifest = parseManifest(source);
    source.tools.current.input.type = 'string';
    const tool = manifest.tools.get(parseToolName('current'));
    expect(tool?.input).toEqual({ type: 'object' });
    expect(Object.isFrozen(manifest) && Object.isFrozen(manifest.permissions.fs) && Object.isFrozen(tool?.input)).toBe(
      true,
    );
    expect(Reflect.get(manifest.tools, 'set')).toBeUndefined();
    expect(() => Map.prototype.set.call(manifest.tools, 'x', 1)).toThrow(TypeError);
  });
});

describe('the twenty planted mistakes', async () => {
  const text = await readFile(new URL('./twenty-mistakes.fixture.json', import.meta.url), 'utf8');
  const { issues, code } = failure(() => parseManifestText(text));

  it('are all reported at once, each at its place', () => {
    expect(code).toBe('ERR_CARAPACE_MANIFEST_SCHEMA');
    expect(issues.map(({ rule, pointer }) => `${rule} ${pointer}`).toSorted()).toEqual(
      [
        'name-form /name',
        'version-semver /version',
        'unknown-field /licence',
        'main-relative-js /main',
        'engines-range /engines/carapace',
        'tool-name-form /tools/get forecast',
        'schema-supported /tools/get forecast/input/unevaluatedProperties',
        'unknown-word /tools/get forecast/approval',
        'tool-input-object /tools/clear/input',
        'tool-annotations-contradict /tools/clear/annotations/destructive',
        'tool-permission-declared /tools/clear/permissions/0',
        'fs-path-sensitive /permissions/fs/0/path',
        'fs-mount-unique /permissions/fs/1/mount',
        'fs-path-form /permissions/fs/1/path',
        'host-public-suffix /permissions/net/0/host',
        'host-ip-literal /permissions/net/1/host',
        'net-method /permissions/net/1/methods/0',
        'net-path /permissions/net/2/paths/0',
        'net-http-reason /permissions/net/3/scheme',
        'secret-name-form /permissions/secrets/0/name',
        'secret-host-declared /permissions/secrets/0/host',
        'secret-place /permissions/secrets/0/in',
        'secret-signer /permissions/secrets/1/in/options',
        'secret-signer /permissions/secrets/1/in/options/regoin',
        'secret-basic /permissions/secrets/2/in/basic/username',
        'out-of-range /permissions/data/quotaMiB',
        'limit-bounds /limits/wallMs',
      ].toSorted(),
    );
    expect(issues.length).toBeGreaterThanOrEqual(20);
  });

  it('each come with a fix', () => {
    for (const issue of issues) expect(issue.fix, issue.rule).toMatch(/\S/);
  });

  it('stand on the lines where they were planted, in order', () => {
    const lines = issues.map(({ line }) => line ?? 0);
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    for (const { line = 0, column = 0, pointer } of issues) {
      const key = pointer.split('/').at(-1) ?? '';
      const row = text.split('\n')[line - 1]?.slice(column - 1) ?? '';
      expect(row.startsWith(/^\d+$/.test(key) ? '"' : `"${key}"`), `${pointer} at ${line}:${column}`).toBe(true);
    }
  });

  it('get suggestions where one is near', () => {
    const fixOf = (rule: string): string | undefined => issues.find((issue) => issue.rule === rule)?.fix;
    expect(fixOf('unknown-field')).toBe('did you mean "license"');
    expect(fixOf('tool-permission-declared')).toBe('did you mean "net:api.open-meteo.com"');
  });
});

describe('codes', () => {
  it.each([
    ['ERR_CARAPACE_MANIFEST_SYNTAX', '{'],
    ['ERR_CARAPACE_MANIFEST_SYNTAX', '{"name":"a","name":"b"}'],
    ['ERR_CARAPACE_MANIFEST_SCHEMA', '[]'],
    ['ERR_CARAPACE_MANIFEST_SCHEMA', '{}'],
    ['ERR_CARAPACE_MANIFEST_UNSUPPORTED_VERSION', '{"manifestVersion":2,"anything":true}'],
    ['ERR_CARAPACE_MANIFEST_RULE', JSON.stringify({ ...minimal, version: 'v1' })],
    ['ERR_CARAPACE_MANIFEST_TOO_LARGE', `"${'a'.repeat(MANIFEST_BOUNDS.characters)}"`],
    ['ERR_CARAPACE_MANIFEST_TOO_LARGE', '['.repeat(33) + ']'.repeat(33)],
  ])('%s', (code, text) => {
    expect(failure(() => parseManifestText(text)).code).toBe(code);
  });

  it('judges nothing in a manifest of a newer version, where known fields may mean something else', () => {
    expect(failure(() => parseManifest({ manifestVersion: 2, name: 7 })).issues).toHaveLength(1);
  });
});

describe('waived rules', () => {
  const asking = { ...minimal, permissions: { fs: [{ mount: 'keys', path: '~/.ssh', access: ['read'] }] } };

  it('lets an operator waive a rule by name, if it is overridable', () => {
    expect(rulesOf(failure(() => parseManifest(asking)).issues)).toEqual(['fs-path-sensitive']);
    expect(parseManifest(asking, { waive: ['fs-path-sensitive'] }).permissions.fs[0]?.path).toBe('~/.ssh');
  });

  it.each(['host-public-suffix', 'no-such-rule'])('refuses to waive %s', (id) => {
    expect(() => parseManifest(minimal, { waive: [id] })).toThrow(TypeError);
    expect(() => parseManifestText('{}', { waive: [id] })).toThrow(TypeError);
  });
});

describe('nothing but ManifestInvalid is ever thrown', () => {
  const hostileValues: readonly (readonly [string, unknown])[] = [
    ['undefined', undefined],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a bigint', 1n],
    ['a cycle', cycle()],
    ['a throwing getter', Object.defineProperty({}, 'name', { enumerable: true, get: () => fail() })],
    ['a revoked proxy', revoked()],
    ['a throwing proxy', new Proxy({}, { ownKeys: () => fail() })],
    ['a date', new Date(0)],
    ['a sparse list', Object.assign([], { length: 4_000_000_000 })],
    ['an own __proto__', JSON.parse('{"__proto__":{"name":"x"}}')],
    ['a deep list', deep(100_000)],
    ['a wide list', Array.from({ length: 60_000 }, () => 0)],
  ];

  it.each(hostileValues)('for %s', (_name, value) => {
    expect(isCarapaceError(failure(() => parseManifest(value)))).toBe(true);
  });

  it.each([
    ['unbalanced brackets', '['.repeat(200_000)],
    ['brackets behind a broken string', `{"a\n":${'['.repeat(100_000)}`],
    ['brackets behind a comment', `/*"*/${'['.repeat(100_000)}`],
    ['keys without end', `{${'"a":1,'.repeat(40_000)}"a":1}`],
    ['a lone surrogate', '{"name":"\\ud800"}'],
    ['a huge number', '{"manifestVersion":1e999}'],
    ['UTF-16', Buffer.from('{}', 'utf16le').toString('latin1')],
    ['nothing', ''],
    ['white space', ' \n'],
  ])('for a text of %s', (_name, text) => {
    expect(isCarapaceError(failure(() => parseManifestText(text)))).toBe(true);
  });

  const accepted = (parse: () => unknown): boolean => {
    try {
      parse();
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(ManifestInvalid);
      return false;
    }
  };

  it('for any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => void accepted(() => parseManifest(value))),
      { numRuns: 500 },
    );
  });

  it('for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        (text) => void accepted(() => parseManifestText(text)),
      ),
      { numRuns: 500 },
    );
  });

  it('for any manifest with one value replaced, and the text agrees with the value', () => {
    const whole = {
      ...minimal,
      engines: { carapace: '^0.1.0' },
      permissions: {
        fs: [{ mount: 'docs', path: '~/documents', access: ['read'], match: ['**'] }],
        net: [{ host: 'a.example.com', methods: ['GET'], ports: [443] }],
      },
      limits: { wallMs: 100 },
    };
    const places = placesIn(whole);
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 3 }), (place, replacement) => {
        const changed: unknown = replaceAt(whole, place, replacement);
        expect(accepted(() => parseManifestText(JSON.stringify(changed)))).toBe(accepted(() => parseManifest(changed)));
      }),
      { numRuns: 1_000 },
    );
  });
});

function fail(): never {
  throw new RangeError('hostile');
}

function cycle(): unknown {
  const list: unknown[] = [];
  list.push(list);
  return list;
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, child]) => placesIn(child, [...path, key]))];
}

function replaceAt(value: unknown, [key, ...rest]: readonly string[], replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((child, at) => (String(at) === key ? replaceAt(child, rest, replacement) : child));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [name, name === key ? replaceAt(child, rest, replacement) : child]),
  );
}
