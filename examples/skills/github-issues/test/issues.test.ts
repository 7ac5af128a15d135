import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPOSITORY, startGitHub } from '../../../services/github.ts';
import type { LoopbackService } from '../../../services/loopback-service.ts';
import { routeFetch } from '../../../testing/route-fetch.ts';
import { createIssue } from '../src/create.ts';
import { type Fetch, type GitHub, openGitHub, pathOf } from '../src/github/client.ts';
import { listIssues } from '../src/list.ts';
import { LONGEST_BODY, readOne } from '../src/read.ts';
import { searchIssues } from '../src/search.ts';

let service: LoopbackService;
let ask: GitHub;
const running = new AbortController().signal;
const TOKEN = 'ghp-test-token-1234567890';

beforeAll(async () => {
  service = await startGitHub(TOKEN);
  ask = openGitHub(routeFetch(service.origin), TOKEN, running);
});
afterAll(() => service[Symbol.asyncDispose]());

/** Every answer of the service is this one. */
function answering(status: number, body: unknown, headers: Record<string, string> = {}): GitHub {
  const fetch: Fetch = async () => new Response(JSON.stringify(body), { status, headers });
  return openGitHub(fetch, TOKEN, running);
}

describe('list', () => {
  it('gives the open issues and no pull requests', async () => {
    const { issues, nextPage } = await listIssues(ask, { repository: REPOSITORY });

    expect(issues.map(({ number }) => number)).toEqual([1, 2]);
    expect(nextPage).toBeUndefined();
    expect(issues[0]).toEqual({
      repository: REPOSITORY,
      number: 1,
      title: 'Riving knife of the table saw is bent',
      state: 'open',
      author: 'ada',
      labels: ['safety'],
      comments: 0,
      updated: '2026-11-02T10:30:00Z',
      url: 'https://github.com/harbour-lane/tools/issues/1',
    });
  });

  it('narrows by state and labels', async () => {
    const { issues } = await listIssues(ask, { repository: REPOSITORY, state: 'all', labels: ['safety', 'lost'] });

    expect(issues.map(({ number }) => number)).toEqual([4]);
  });

  it('names the next page when this one is full', async () => {
    const pull = { pull_request: {} };
    const full = answering(
      200,
      Array.from({ length: 30 }, () => pull),
    );

    expect(await listIssues(full, { repository: 'a/b', page: 2 })).toEqual({ issues: [], nextPage: 3 });
  });
});

describe('search', () => {
  it('finds issues by words', async () => {
    const { issues, total } = await searchIssues(ask, {
      words: 'opening hours',
      repository: REPOSITORY,
      state: 'open',
    });

    expect(issues.map(({ number }) => number)).toEqual([2]);
    expect(total).toBe(1);
  });

  it('gives no more than asked for', async () => {
    expect((await searchIssues(ask, { words: 'the', limit: 1 })).issues).toHaveLength(1);
  });
});

describe('read', () => {
  it('gives an issue with its text', async () => {
    expect(await readOne(ask, { repository: REPOSITORY, number: 1 })).toMatchObject({
      number: 1,
      body: 'It catches on thick boards.',
      cut: false,
    });
  });

  it('gives an empty text for an issue without one', async () => {
    expect(await readOne(ask, { repository: REPOSITORY, number: 4 })).toMatchObject({ body: '', cut: false });
  });

  it('cuts a long text', async () => {
    const fields = {
      number: 1,
      title: 't',
      state: 'open',
      user: null,
      labels: [],
      comments: 0,
      updated_at: '',
      html_url: '',
    };
    const long = answering(200, { ...fields, body: 'x'.repeat(LONGEST_BODY + 1) });

    const { body, cut, author } = await readOne(long, { repository: 'a/b', number: 1 });
    expect([body.length, cut, author]).toEqual([LONGEST_BODY, true, null]);
  });
});

describe('create', () => {
  it('files an issue', async () => {
    const created = await createIssue(ask, {
      repository: REPOSITORY,
      title: 'Saw is blunt',
      body: 'Very.',
      labels: ['tools'],
    });

    expect(created).toMatchObject({ title: 'Saw is blunt', state: 'open', labels: ['tools'] });
    expect(await readOne(ask, { repository: REPOSITORY, number: created.number })).toMatchObject({ body: 'Very.' });
    expect(service.requests.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body))).toEqual([
      { title: 'Saw is blunt', body: 'Very.', labels: ['tools'] },
    ]);
  });

  it('says what GitHub has against it', async () => {
    await expect(createIssue(ask, { repository: REPOSITORY, title: '' })).rejects.toThrow(
      'Cannot write on GitHub: status 422: Validation Failed (title: missing_field)',
    );
  });
});

describe('refusals', () => {
  it.each([
    ['no-such/repository', 'there is no such repository or issue, or the token may not see it'],
    ['harbour-lane/old-tools', 'the repository was renamed or moved'],
  ])('of %s', async (repository, message) => {
    await expect(listIssues(ask, { repository })).rejects.toThrow(`Cannot read on GitHub: ${message}`);
  });

  it('of a wrong token', async () => {
    const wrong = openGitHub(routeFetch(service.origin), 'other', running);

    await expect(listIssues(wrong, { repository: REPOSITORY })).rejects.toThrow(
      'the operator has to renew GITHUB_TOKEN',
    );
  });

  it.each([
    [403, {}, { 'x-ratelimit-remaining': '0' }, 'GitHub refuses more requests for the moment; try again later'],
    [403, { message: 'No.' }, {}, 'status 403: No.'],
    [429, {}, {}, 'GitHub refuses more requests for the moment; try again later'],
    [410, {}, {}, 'the repository has no issues, or this one was deleted'],
    [500, 'x', {}, 'status 500: no reason given'],
    [200, { message: 'x' }, {}, '"list of issues" is missing'],
    [200, [{ html_url: 1 }], {}, '"html_url" is missing'],
  ])('with status %i and %j', async (status, body, headers, message) => {
    await expect(listIssues(answering(status, body, headers), { repository: 'a/b' })).rejects.toThrow(message);
  });

  it('cuts a long message', async () => {
    const long = answering(500, { message: 'x'.repeat(10_000) });

    await expect(listIssues(long, { repository: 'a/b' })).rejects.toThrow(/^.{1,300}$/);
  });

  it('says why GitHub cannot be reached', async () => {
    const refused: Fetch = () =>
      Promise.reject(new TypeError('fetch failed', { cause: new Error('the host is down') }));

    await expect(listIssues(openGitHub(refused, TOKEN, running), { repository: 'a/b' })).rejects.toThrow(
      'Cannot reach GitHub: the host is down',
    );
  });
});

describe('pathOf', () => {
  it('keeps what a model says inside its part of the path', () => {
    expect(pathOf('repos', 'a/b?c#d', 'issues')).toBe('/repos/a/b%3Fc%23d/issues');
  });
});
