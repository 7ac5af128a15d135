import type { SkillContext } from 'carapace/skill';
import { FEEDS, feedNamed } from './feeds.ts';
import { type Fetch, fetchFeed } from './fetch-feed.ts';
import type { Entry } from './parse/feed.ts';

export interface SearchInput {
  readonly words: string;
  readonly feeds?: readonly string[];
  readonly limit?: number;
}

export interface FoundEntry extends Entry {
  readonly feed: string;
}

export interface SearchOutput {
  /** The newest first. */
  readonly entries: readonly FoundEntry[];
  /** Feeds that could not be read, and why; the others were. */
  readonly problems: readonly { readonly feed: string; readonly problem: string }[];
}

type Watch = Pick<SkillContext, 'signal' | 'progress'>;

/** Finds entries with all the words in title or summary, in all feeds or in some. */
export async function searchFeeds(
  fetch: Fetch,
  input: SearchInput,
  { signal, progress }: Watch,
): Promise<SearchOutput> {
  const { words, feeds = [...FEEDS.keys()], limit = 20 } = input;
  const wanted = fold(words)
    .split(/\s+/u)
    .filter((word) => word !== '');
  const found: FoundEntry[] = [];
  const problems: { feed: string; problem: string }[] = [];
  let done = 0;
  await Promise.all(
    feeds.map(async (feed) => {
      try {
        const { entries } = await fetchFeed(fetch, feedNamed(feed).url, signal);
        found.push(...entries.filter((entry) => holds(entry, wanted)).map((entry) => ({ feed, ...entry })));
      } catch (error) {
        signal.throwIfAborted();
        problems.push({ feed, problem: error instanceof Error ? error.message : String(error) });
      }
      done += 1;
      progress({ progress: done, total: feeds.length, message: feed });
    }),
  );
  return {
    entries: found.sort(newestFirst).slice(0, limit),
    problems: problems.sort((a, b) => (a.feed < b.feed ? -1 : 1)),
  };
}

function holds({ title, summary }: Entry, words: readonly string[]): boolean {
  const text = fold(`${title} ${summary}`);
  return words.every((word) => text.includes(word));
}

/** What has no date comes last. */
function newestFirst(a: Entry, b: Entry): number {
  const [one, other] = [a.published ?? '', b.published ?? ''];
  return one === other ? 0 : one < other ? 1 : -1;
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
