import { readAtom } from './atom.ts';
import type { Feed } from './feed.ts';
import { readRss } from './rss.ts';
import { childrenOf, parseXml } from './xml.ts';

/**
 * Reads RSS 2.0 or Atom.
 *
 * @param base Where it came from: links may be relative to it.
 * @throws Error when it is neither
 */
export function parseFeed(text: string, base: URL): Feed {
  const document = parseXml(text);
  const [channel] = childrenOf(document, 'rss').flatMap((rss) => childrenOf(rss, 'channel'));
  if (channel !== undefined) return readRss(channel, base);
  const [feed] = childrenOf(document, 'feed');
  if (feed !== undefined) return readAtom(feed, base);
  throw new Error('The document is neither RSS 2.0 nor Atom');
}
