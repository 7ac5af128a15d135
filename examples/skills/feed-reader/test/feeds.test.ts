import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFeeds } from '../../../services/feeds.ts';
import type { LoopbackService } from '../../../services/loopback-service.ts';
import { routeFetch } from '../../../testing/route-fetch.ts';
import { type Fetch, fetchFeed, LARGEST_FEED } from '../src/fetch-feed.ts';
import { listFeeds } from '../src/list.ts';
import { parseFeed } from '../src/parse/parse-feed.ts';
import { plainText } from '../src/parse/plain-text.ts';
import { readFeed } from '../src/read.ts';
import { searchFeeds } from '../src/search.ts';

let service: LoopbackService;
let ask: Fetch;
const running = new AbortController().signal;
const unseen = { signal: running, progress: () => undefined };
const BASE = new URL('https://example.org/feeds/feed.xml');

beforeAll(async () => {
  service = await startFeeds();
  ask = routeFetch(service.origin);
});
afterAll(() => service[Symbol.asyncDispose]());

describe('read', () => {
  it('reads RSS 2.0', async () => {
    expect(await readFeed(ask, { feed: 'bbc-world' }, running)).toEqual({
      feed: 'bbc-world',
      title: 'World news',
      entries: [
        {
          title: 'Harbour reopens after the storm',
          link: 'https://www.bbc.co.uk/news/1',
          published: '2026-11-22T08:15:00.000Z',
          summary: 'Ships return to the harbour & cranes move again.',
        },
        { title: 'Moon rocks & robots', link: null, published: null, summary: 'A robot comes home.' },
      ],
      total: 2,
    });
  });

  it('reads Atom', async () => {
    const { title, entries } = await readFeed(ask, { feed: 'rust-blog' }, running);

    expect(title).toBe('Rust Blog');
    expect(entries).toEqual([
      {
        title: 'A robot arm in Rust',
        link: 'https://blog.rust-lang.org/2026/11/20/arm.html',
        published: '2026-11-20T00:00:00.000Z',
        summary: 'How it moves.',
      },
      {
        title: 'Order matters',
        link: 'https://blog.rust-lang.org/2026/10/01/order.html',
        published: '2026-10-01T00:00:00.000Z',
        summary: 'first second third',
      },
    ]);
  });

  it('reads other encodings by their declaration', async () => {
    expect((await readFeed(ask, { feed: 'nasa' }, running)).title).toBe('Café');
  });

  it('gives no more entries than asked for, and none that are older', async () => {
    expect(await readFeed(ask, { feed: 'rust-blog', limit: 1 }, running)).toMatchObject({ entries: [{}], total: 2 });
    expect(await readFeed(ask, { feed: 'rust-blog', since: '2026-11-01' }, running)).toMatchObject({ total: 1 });
  });

  it('names the feeds there are when asked for another', async () => {
    await expect(readFeed(ask, { feed: 'gazette' }, running)).rejects.toThrow(
      'Cannot read feed "gazette": there are bbc-',
    );
  });
});

describe('search', () => {
  it('finds entries in all feeds, the newest first, and says which feeds failed', async () => {
    const { entries, problems } = await searchFeeds(ask, { words: 'ROBOT a' }, unseen);

    expect(entries.map(({ feed, title }) => [feed, title])).toEqual([
      ['rust-blog', 'A robot arm in Rust'],
      ['bbc-world', 'Moon rocks & robots'],
    ]);
    expect(problems).toEqual([{ feed: 'xkcd', problem: 'xkcd.com answered with status 503' }]);
  });

  it('keeps to the feeds and the number asked for', async () => {
    const { entries, problems } = await searchFeeds(ask, { words: 'o', feeds: ['rust-blog'], limit: 1 }, unseen);

    expect([entries.length, problems]).toEqual([1, []]);
  });

  it('tells how far it has come', async () => {
    const told: unknown[] = [];
    await searchFeeds(ask, { words: 'x' }, { signal: running, progress: (report) => told.push(report) });

    expect(told).toHaveLength(listFeeds().feeds.length);
    expect(told.at(-1)).toMatchObject({ progress: 5, total: 5 });
  });

  it('ends with the reason of the caller when it was called off', async () => {
    const signal = AbortSignal.abort(new Error('called off'));

    await expect(searchFeeds(ask, { words: 'x' }, { ...unseen, signal })).rejects.toThrow('called off');
  });
});

describe('hostile and broken feeds', () => {
  const from = (path: string) => fetchFeed(ask, `https://example.org${path}`, running);

  it('refuses one that defines entities', async () => {
    await expect(from('/bomb.xml')).rejects.toThrow('The feed defines XML entities, which no feed needs');
  });

  it('does not read one without end', async () => {
    await expect(from('/endless.xml')).rejects.toThrow(`larger than the ${LARGEST_FEED} bytes`);
  });

  it.each([
    ['<rss><channel>', 'not well-formed XML'],
    ['{}', 'not well-formed XML'],
    ['<html><body/></html>', 'neither RSS 2.0 nor Atom'],
    ['<rss/>', 'neither RSS 2.0 nor Atom'],
    ['<rss><channel><__proto__>x</__proto__></channel></rss>', 'not well-formed XML'],
    [`${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`, 'not well-formed XML'],
  ])('says what is wrong with %.30s', (text, message) => {
    expect(() => parseFeed(text, BASE)).toThrow(message);
  });

  it('takes an entry with nothing in it', () => {
    expect(parseFeed('<rss><channel><item/><item><title/></item></channel></rss>', BASE)).toEqual({
      title: '',
      entries: [{ title: '', link: null, published: null, summary: '' }],
    });
    expect(parseFeed('<feed><entry><link/></entry></feed>', BASE).entries).toHaveLength(1);
  });

  it('says why a host cannot be reached', async () => {
    const refused: Fetch = () =>
      Promise.reject(new TypeError('fetch failed', { cause: new Error('the host is down') }));

    await expect(readFeed(refused, { feed: 'nasa' }, running)).rejects.toThrow(
      'Cannot reach www.nasa.gov: the host is down',
    );
  });
});

describe('plain text', () => {
  it.each([
    ['a <b>c</b>d.<br>e\n f', 'a cd. e f'],
    ['1 &lt; 2 &#65;&#x1F600; &nbsp;&unknown; &#xD800; &#9999999;', '1 < 2 A😀 &unknown; \uFFFD &#9999999;'],
    ['<a title=">">x', '">x'],
    ['x < y', 'x'],
    ['abcdef', 'abcd…'],
  ])('of %j is %j', (html, text) => {
    expect(plainText(html, html === 'abcdef' ? 4 : 100)).toBe(text);
  });

  it('is made in linear time of what looks like tags', () => {
    expect(plainText('<'.repeat(2_000_000), 10)).toBe('');
  });
});
