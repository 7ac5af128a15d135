/** A feed that the skill can read. Its host and path stand in skill.json as well: the manifest is what allows it. */
export interface FeedSource {
  readonly title: string;
  readonly about: string;
  readonly url: string;
}

/** To add a feed: a row here, its host and path under `permissions.net`, its name in the schemas of `read` and `search`. */
export const FEEDS: ReadonlyMap<string, FeedSource> = new Map([
  ['bbc-world', { title: 'BBC News: World', about: 'world news', url: 'https://feeds.bbci.co.uk/news/world/rss.xml' }],
  ['github-blog', { title: 'The GitHub Blog', about: 'software development', url: 'https://github.blog/feed/' }],
  ['nasa', { title: 'NASA', about: 'space and science', url: 'https://www.nasa.gov/feed/' }],
  ['rust-blog', { title: 'Rust Blog', about: 'the Rust language', url: 'https://blog.rust-lang.org/feed.xml' }],
  ['xkcd', { title: 'xkcd', about: 'comics', url: 'https://xkcd.com/atom.xml' }],
]);

/** @throws Error with a sentence for the model when there is no feed of that name. */
export function feedNamed(name: string): FeedSource {
  const source = FEEDS.get(name);
  if (source === undefined) throw new Error(`Cannot read feed "${name}": there are ${[...FEEDS.keys()].join(', ')}`);
  return source;
}
