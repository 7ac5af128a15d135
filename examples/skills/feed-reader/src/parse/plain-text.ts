/** Names of HTML that feeds use most. Others stay as they are written. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['hellip', '…'],
  ['ndash', '–'],
  ['mdash', '—'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
]);

/** Tags that stand inside a word or sentence; any other one ends it. */
const INLINE = /^<\/?(?:a|abbr|b|code|em|i|mark|q|s|small|span|strong|sub|sup|u)[\s/>]/iu;

/** What a reader would see of a piece of HTML, in one line, cut to a length. */
export function plainText(html: string, longest: number): string {
  const text = html
    // Each tag begins at a `<` and takes what is left when it has no end, so this is linear.
    .replace(/<[^>]*>?/gu, (tag) => (INLINE.test(tag) ? '' : ' '))
    .replace(/&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]{2,8});/giu, decodeReference)
    .replace(/\s+/gu, ' ')
    .trim();
  return text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}…`;
}

function decodeReference(reference: string, name: string): string {
  if (!name.startsWith('#')) return NAMED.get(name.toLowerCase()) ?? reference;
  const code = /^#x/iu.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code <= 0x10_ff_ff ? String.fromCodePoint(code).toWellFormed() : reference;
}
