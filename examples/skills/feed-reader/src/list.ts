import { FEEDS } from './feeds.ts';

export interface ListOutput {
  readonly feeds: readonly { readonly feed: string; readonly title: string; readonly about: string }[];
}

/** The feeds that can be read. Asks nobody. */
export function listFeeds(): ListOutput {
  return { feeds: [...FEEDS].map(([feed, { title, about }]) => ({ feed, title, about })) };
}
