import { plainText } from './plain-text.ts';

const LONGEST_TITLE = 300;
const LONGEST_SUMMARY = 600;

export function titleText(html: string): string {
  return plainText(html, LONGEST_TITLE);
}

export function summaryText(html: string): string {
  return plainText(html, LONGEST_SUMMARY);
}

/** RFC 822 of RSS and RFC 3339 of Atom. */
export function isoDate(text: string): string | null {
  const time = Date.parse(text.trim());
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** Absolute and for a browser. A feed can hold any text here, `javascript:` included. */
export function webLink(text: string, base: URL): string | null {
  const link = text.trim();
  if (link === '' || !URL.canParse(link, base.href)) return null;
  const url = new URL(link, base.href);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
}
