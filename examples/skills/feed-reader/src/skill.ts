import { defineSkill } from 'carapace/skill';
import type { Fetch } from './fetch-feed.ts';
import { listFeeds } from './list.ts';
import { type ReadInput, readFeed } from './read.ts';
import { type SearchInput, searchFeeds } from './search.ts';

/** Looked up with each request: without a granted host there is no `fetch`, and the module must load all the same. */
const ask: Fetch = (url, init) => fetch(url, init);

export default defineSkill({
  tools: {
    list: { run: () => listFeeds() },
    read: { run: (input: ReadInput, { signal }) => readFeed(ask, input, signal) },
    search: { run: (input: SearchInput, context) => searchFeeds(ask, input, context) },
  },
});
