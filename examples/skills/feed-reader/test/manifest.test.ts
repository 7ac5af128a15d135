import { describe, expect, it } from 'vitest';
import { startFeeds } from '../../../services/feeds.ts';
import { routeFetch } from '../../../testing/route-fetch.ts';
import { readSkillFolder } from '../../../testing/skill-folder.ts';
import { FEEDS } from '../src/feeds.ts';
import { listFeeds } from '../src/list.ts';
import { readFeed } from '../src/read.ts';
import { searchFeeds } from '../src/search.ts';
import skill from '../src/skill.ts';

const { manifest, frontmatter, check, refusal } = await readSkillFolder(new URL('../', import.meta.url));
const running = new AbortController().signal;

describe('the manifest of feed-reader', () => {
  it('names the tools of the code', () => {
    expect([...manifest.tools.keys()].sort()).toEqual(Object.keys(skill.tools).sort());
  });

  it.each([...FEEDS])('covers the feed %s, and offers it', (name, { url }) => {
    expect(refusal(new URL(url), 'GET')).toBeUndefined();
    expect(check('read', 'input', { feed: name })).toEqual([]);
    expect(check('search', 'input', { words: 'xx', feeds: [name] })).toEqual([]);
  });

  it('asks for no other path, for reading only, and for nothing else', () => {
    const { net, ...others } = manifest.permissions;

    expect(net).toHaveLength(FEEDS.size);
    expect(new Set(net.flatMap(({ methods }) => methods))).toEqual(new Set(['GET']));
    expect(refusal(new URL('https://github.blog/other/'), 'GET')).toBe('url-path-not-covered');
    expect(refusal(new URL('https://github.blog/feed/?x=1'), 'GET')).toBe('query-not-covered');
    expect(others).toMatchObject({ fs: [], secrets: [], jit: false });
  });

  it('describes what the tools answer', async () => {
    await using service = await startFeeds();
    const ask = routeFetch(service.origin);

    expect(check('list', 'output', listFeeds())).toEqual([]);
    expect(check('read', 'output', await readFeed(ask, { feed: 'bbc-world' }, running))).toEqual([]);
    const found = await searchFeeds(ask, { words: 'robot' }, { signal: running, progress: () => undefined });
    expect(found.entries).not.toEqual([]);
    expect(check('search', 'output', found)).toEqual([]);
  });

  it.each([
    ['read', { feed: 'gazette' }, 1],
    ['read', { feed: 'nasa', since: 'yesterday' }, 1],
    ['search', { words: 'x' }, 1],
    ['search', { words: 'xx', feeds: ['nasa', 'nasa'] }, 1],
  ])('checks the input of %s: %j', (tool, input, issues) => {
    expect(check(tool, 'input', input)).toHaveLength(issues);
  });

  it('comes with a SKILL.md that agents can list', () => {
    expect(frontmatter).toMatchObject({ name: 'feed-reader', license: manifest.license, metadata: { carapace: '1' } });
  });
});
