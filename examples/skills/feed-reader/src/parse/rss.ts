import { isoDate, summaryText, titleText, webLink } from './entry-fields.ts';
import type { Entry, Feed } from './feed.ts';
import { childrenOf, type Element, textOf } from './xml.ts';

/** RSS 2.0: https://www.rssboard.org/rss-specification. Every part of an item is optional there. */
export function readRss(channel: Element, base: URL): Feed {
  return {
    title: titleText(textOf(channel, 'title')),
    entries: childrenOf(channel, 'item').map((item) => readItem(item, base)),
  };
}

function readItem(item: Element, base: URL): Entry {
  const body = textOf(item, 'description') || textOf(item, 'content:encoded');
  return {
    title: titleText(textOf(item, 'title')),
    link: webLink(textOf(item, 'link'), base),
    published: isoDate(textOf(item, 'pubDate') || textOf(item, 'dc:date')),
    summary: summaryText(body),
  };
}
