import { fileURLToPath } from 'node:url';
import { createRuntime, type Runtime, type SkillHandle } from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFeeds } from '../../../services/feeds.ts';
import type { LoopbackService } from '../../../services/loopback-service.ts';
import { FEEDS } from '../src/feeds.ts';

const FEED_READER = fileURLToPath(new URL('..', import.meta.url));

describe('feed-reader in the jailed worker, on a service that stands in for the hosts of the feeds', () => {
  let service: LoopbackService;
  let runtime: Runtime;
  let reader: SkillHandle;

  beforeAll(async () => {
    service = await startFeeds();
    const origins = [...FEEDS.values()].map(({ url }) => new URL(url).origin);
    const routes = Object.fromEntries(origins.map((origin) => [origin, service.origin]));
    runtime = await createRuntime({ spares: 1, network: { routes } });
    reader = await runtime.load(FEED_READER, { permissions: 'declared' });
  });
  afterAll(async () => {
    await runtime.close();
    await service[Symbol.asyncDispose]();
  });

  it('lists the feeds without asking anybody', async () => {
    const result = await reader.call('list', {});

    expect(result.structured).toMatchObject({
      feeds: expect.arrayContaining([expect.objectContaining({ feed: 'nasa' })]),
    });
    expect(service.requests).toEqual([]);
  });

  it.each([
    ['bbc-world', 'World news', 'Harbour reopens after the storm'],
    ['rust-blog', 'Rust Blog', 'A robot arm in Rust'],
  ])('reads %s', async (feed, title, first) => {
    const result = await reader.call('read', { feed, limit: 1 });

    expect(result.structured).toMatchObject({ feed, title, entries: [{ title: first }], total: 2 });
  });

  it('reads a feed that is not in UTF-8', async () => {
    expect((await reader.call('read', { feed: 'nasa' })).structured).toMatchObject({ title: 'Café' });
  });

  it('searches all feeds at once, and says which failed', async () => {
    const updates: unknown[] = [];
    const result = await reader.call('search', { words: 'robot' }, { onUpdate: (update) => void updates.push(update) });

    expect(result.structured).toMatchObject({
      entries: [{ feed: 'rust-blog' }, { feed: 'bbc-world' }],
      problems: [{ feed: 'xkcd', problem: 'xkcd.com answered with status 503' }],
    });
    expect(updates.at(-1)).toMatchObject({ kind: 'progress', progress: 5, total: 5 });
  });

  it('tells the model when a feed does not answer', async () => {
    const result = await reader.call('read', { feed: 'xkcd' });

    expect(result.isError).toBe(true);
    expect(result.content[0]?.text).toContain('xkcd.com answered with status 503');
  });
});

describe('feed-reader in the jailed worker, on hostile feeds', () => {
  it.each([
    ['/bomb.xml', 'The feed defines XML entities, which no feed needs'],
    ['/endless.xml', 'The feed is larger than the 2097152 bytes'],
  ])('refuses %s in a sentence', async (path, sentence) => {
    await using service = await startFeeds(path);
    await using runtime = await createRuntime({
      spares: 0,
      network: { routes: { 'https://xkcd.com': service.origin } },
    });
    await using reader = await runtime.load(FEED_READER, { permissions: 'declared' });
    const result = await reader.call('read', { feed: 'xkcd' });

    expect(result.code).toBe('ERR_CARAPACE_SKILL_THREW');
    expect(result.content[0]?.text).toContain(sentence);
  });
});

describe.runIf(process.env['CARAPACE_LIVE'] === '1')('feed-reader on the real feeds', () => {
  it('reads every one', async () => {
    await using runtime = await createRuntime({ spares: 0 });
    await using reader = await runtime.load(FEED_READER, { permissions: 'declared' });
    for (const feed of FEEDS.keys()) {
      const result = await reader.call('read', { feed });
      expect(result.structured, feed).toMatchObject({ entries: expect.arrayContaining([expect.anything()]) });
    }
  });
});
