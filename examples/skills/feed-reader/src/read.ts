import { feedNamed } from './feeds.ts';
import { type Fetch, fetchFeed } from './fetch-feed.ts';
import type { Entry } from './parse/feed.ts';

export interface ReadInput {
  readonly feed: string;
  readonly limit?: number;
  /** `2026-11-22`: entries of that day and later, and those without a date. */
  readonly since?: string;
}

export interface ReadOutput {
  readonly feed: string;
  readonly title: string;
  readonly entries: readonly Entry[];
  /** How many there are that match. */
  readonly total: number;
}

/** The latest entries of one feed. */
export async function readFeed(fetch: Fetch, input: ReadInput, signal: AbortSignal): Promise<ReadOutput> {
  const { feed, limit = 10, since = '' } = input;
  const { title, entries } = await fetchFeed(fetch, feedNamed(feed).url, signal);
  // Both are ISO 8601 in UTC, so they compare as text.
  const recent = entries.filter(({ published }) => published === null || published >= since);
  return { feed, title, entries: recent.slice(0, limit), total: recent.length };
}
