import { describe, expect, it } from 'vitest';
import { normalisePermissions } from '../normalise-permissions.ts';
import { highestRisk, summarisePermissions } from './permission-summary.ts';

type Source = Parameters<typeof normalisePermissions>[0];
const summary = (source: Source) => summarisePermissions(normalisePermissions(source));
const docs = { mount: 'docs', path: '~/documents', access: ['read'] } satisfies NonNullable<Source['fs']>[number];
const api = { host: 'api.example.com', methods: ['GET'] } satisfies NonNullable<Source['net']>[number];
const levels = (source: Source): readonly string[] => summary(source).map(({ level }) => level);

describe('summarisePermissions', () => {
  it('says that nothing is asked for', () => {
    expect(summary({})).toEqual([
      { level: 'low', text: 'May compute, and nothing else', reasons: ['no files, no network, no secrets'] },
    ]);
    expect(levels({ fs: [{ ...docs, access: [] }], net: [{ ...api, methods: [] }] })).toEqual(['low']);
  });

  it.each<[string, Source, readonly string[]]>([
    ['names of files', { fs: [{ ...docs, access: ['list'] }] }, ['low']],
    ['files without network', { fs: [docs] }, ['medium']],
    ['network without files', { net: [api] }, ['medium']],
    ['names and network', { fs: [{ ...docs, access: ['list'] }], net: [api] }, ['medium', 'medium']],
    ['files and network', { fs: [docs], net: [api] }, ['high', 'high']],
    ['changes', { fs: [{ ...docs, access: ['write'] }] }, ['high']],
    ['deletion', { fs: [{ ...docs, access: ['delete'] }] }, ['high']],
    ['a sensitive directory', { fs: [{ ...docs, path: '~/.ssh' }] }, ['critical']],
    ['sending methods', { net: [{ ...api, methods: ['POST'] }] }, ['high']],
    ['http', { net: [{ ...api, scheme: 'http' }] }, ['high']],
    ['a wildcard', { net: [{ ...api, host: '*.example.com' }] }, ['high']],
    ['an international name', { net: [{ ...api, host: 'xn--80ak6aa92e.com' }] }, ['high']],
    ['compiled code', { jit: true }, ['medium']],
    ['data of its own', { data: { quotaMiB: 1 } }, ['low']],
    ['data of its own and network', { data: { quotaMiB: 1 }, net: [api] }, ['medium', 'medium']],
    [
      'a secret',
      { net: [api], secrets: [{ name: 'K', description: 'd', host: 'api.example.com', in: { query: 'k' } }] },
      ['high', 'medium'],
    ],
  ])('judges %s', (_name, source, expected) => {
    expect(levels(source)).toEqual(expected);
  });

  it('says that state is kept, and only of a skill that keeps it', () => {
    const allowed = normalisePermissions({ fs: [docs] });
    expect(summarisePermissions(allowed, 'session').map(({ text }) => text)).toEqual([
      'May read files in ~/documents (as /docs)',
      'May keep state between calls of one session',
    ]);
    expect(summarisePermissions(allowed, 'call')).toEqual(summarisePermissions(allowed, 'skill'));
    expect(summarisePermissions(allowed)).toHaveLength(1);
    expect(summarisePermissions(normalisePermissions({}), 'session').map(({ level }) => level)).toEqual(['low']);
  });

  it('names the danger of a combination', () => {
    const [first] = summary({ fs: [docs], net: [api] });
    expect(first?.reasons).toContain('could send what it reads to api.example.com');
    const [written] = summary({ fs: [{ ...docs, access: ['create'] }], net: [api] });
    expect(written?.reasons).toEqual([
      'could change or add files',
      'could store what it receives from api.example.com',
    ]);
  });

  it('shows what an international name reads', () => {
    expect(summary({ net: [{ ...api, host: 'xn--80ak6aa92e.com' }] })[0]?.reasons.join()).toContain('reads аррӏе.com');
  });

  it('puts the worst first and knows the worst level', () => {
    const lines = summary({ fs: [docs, { ...docs, mount: 'keys', path: '~/.ssh' }], jit: true });
    expect(lines.map(({ level }) => level)).toEqual(['critical', 'medium', 'medium']);
    expect(highestRisk(lines)).toBe('critical');
    expect(highestRisk([])).toBe('low');
  });

  it("escapes and shortens the author's words", () => {
    const [line] = summary({ fs: [{ ...docs, path: '~/a\u001b[2Kb', reason: `safe\u202e${'x'.repeat(400)}` }] });
    expect(line?.text).toContain('~/a\\u{1b}[2Kb');
    expect(line?.authorReason).toMatch(/^safe\\u\{202e\}x+…$/);
    expect(line?.authorReason?.length).toBeLessThanOrEqual(301);
  });
});
