import { isoDate, summaryText, titleText, webLink } from './entry-fields.ts';
import type { Entry, Feed } from './feed.ts';
import { childrenOf, type Element, textOf } from './xml.ts';

/** Atom: RFC 4287. */
export function readAtom(feed: Element, base: URL): Feed {
  return {
    title: titleText(textOf(feed, 'title')),
    entries: childrenOf(feed, 'entry').map((entry) => readEntry(entry, base)),
  };
}

function readEntry(entry: Element, base: URL): Entry {
  return {
    title: titleText(textOf(entry, 'title')),
    link: webLink(linkOf(entry), base),
    published: isoDate(textOf(entry, 'published') || textOf(entry, 'updated')),
    summary: summaryText(textOf(entry, 'summary') || textOf(entry, 'content')),
  };
}

/** The link without a relation is the one to the page, as is `alternate` (RFC 4287, section 4.2.7.2). */
function linkOf(entry: Element): string {
  const link = childrenOf(entry, 'link').find(({ '@rel': rel }) => rel === undefined || rel === 'alternate');
  const href = link?.['@href'];
  return typeof href === 'string' ? href : '';
}
