import { StringPrototypeIndexOf, StringPrototypeSlice } from './primordials.ts';

/** `text.replaceAll(part, by)` for texts that are not patterns. */
export function replaceEach(text: string, part: string, by: string): string {
  let result = '';
  let from = 0;
  for (;;) {
    const at = StringPrototypeIndexOf(text, part, from);
    if (at === -1) return from === 0 ? text : `${result}${StringPrototypeSlice(text, from)}`;
    result = `${result}${StringPrototypeSlice(text, from, at)}${by}`;
    from = at + part.length;
  }
}
