import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPOSITORY, startGitHub } from '../../../services/github.ts';
import type { LoopbackService } from '../../../services/loopback-service.ts';
import { routeFetch } from '../../../testing/route-fetch.ts';
import { readSkillFolder } from '../../../testing/skill-folder.ts';
import { createIssue } from '../src/create.ts';
import { type GitHub, openGitHub } from '../src/github/client.ts';
import { listIssues } from '../src/list.ts';
import { readOne } from '../src/read.ts';
import { searchIssues } from '../src/search.ts';
import skill from '../src/skill.ts';

const { manifest, frontmatter, check, refusal } = await readSkillFolder(new URL('../', import.meta.url));
const asked: { readonly url: URL; readonly method: string }[] = [];
let service: LoopbackService;
let ask: GitHub;

beforeAll(async () => {
  service = await startGitHub('token');
  const route = routeFetch(service.origin);
  ask = openGitHub(
    (url, init) => {
      asked.push({ url, method: init.method });
      return route(url, init);
    },
    'token',
    new AbortController().signal,
  );
});
afterAll(() => service[Symbol.asyncDispose]());

describe('the manifest of github-issues', () => {
  it('names the tools of the code', () => {
    expect([...manifest.tools.keys()].sort()).toEqual(Object.keys(skill.tools).sort());
  });

  it('asks for one host, for a token in one header of it, and for nothing else', () => {
    const { net, secrets, ...others } = manifest.permissions;

    expect(new Set(net.map(({ host }) => host))).toEqual(new Set(['api.github.com']));
    expect(secrets).toMatchObject([
      {
        name: 'GITHUB_TOKEN',
        host: 'api.github.com',
        in: { kind: 'header', header: 'authorization', prefix: 'Bearer ' },
      },
    ]);
    expect(others).toMatchObject({ fs: [], jit: false });
  });

  it('describes what the tools answer, and covers every request that they make', async () => {
    asked.length = 0;
    const repository = REPOSITORY;

    expect(check('list', 'output', await listIssues(ask, { repository, state: 'all', labels: ['web'] }))).toEqual([]);
    expect(check('search', 'output', await searchIssues(ask, { words: 'saw', repository, state: 'open' }))).toEqual([]);
    expect(check('read', 'output', await readOne(ask, { repository, number: 1 }))).toEqual([]);
    expect(check('create', 'output', await createIssue(ask, { repository, title: 'x' }))).toEqual([]);
    expect(asked.map(({ url, method }) => refusal(url, method))).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('covers no other write', () => {
    expect(refusal(new URL('https://api.github.com/repos/a/b/issues/1'), 'POST')).toBe('url-path-not-covered');
    expect(refusal(new URL('https://api.github.com/repos/a/b/issues'), 'DELETE')).toBe('method-not-declared');
  });

  it('asks a person before each issue that is filed', () => {
    const approvals = [...manifest.tools].map(([name, { approval }]) => [name, approval]);

    expect(Object.fromEntries(approvals)).toEqual({ list: 'never', search: 'never', read: 'never', create: 'always' });
  });

  it.each([
    ['list', { repository: 'nodejs/node' }, 0],
    ['list', { repository: 'node' }, 1],
    ['list', { repository: 'a/b/../c' }, 1],
    ['search', { words: 'saw', limit: 51 }, 1],
    ['read', { repository: 'a/b', number: 0 }, 1],
    ['create', { repository: 'a/b', title: 'x', labels: ['a,b'] }, 1],
  ])('checks the input of %s: %j', (tool, input, issues) => {
    expect(check(tool, 'input', input)).toHaveLength(issues);
  });

  it('comes with a SKILL.md that agents can list', () => {
    expect(frontmatter).toMatchObject({
      name: 'github-issues',
      license: manifest.license,
      metadata: { carapace: '1' },
    });
  });
});
