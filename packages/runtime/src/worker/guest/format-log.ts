import { append, createList, type List } from './collections.ts';
import { charge, chargeOnce, createRun, formatValue, MAX_TEXT, type Run } from './format-value.ts';
import {
  ArrayPrototypeJoin,
  NumberOf,
  NumberParseFloat,
  StringOf,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
} from './primordials.ts';

/**
 * Arguments of `console.log` as one text of at most 8 Ki code units. Knows `%s %d %i %f %j %o %O %c %%`; strings are
 * shown bare, everything else by formatValue.
 */
export function formatLog(values: readonly unknown[]): string {
  const run = createRun();
  const parts = createList<string>();
  const first = values[0];
  let next = typeof first === 'string' ? fillTemplate(first, values, parts, run) : 0;
  for (; next < values.length && run.left > 0; next += 1) {
    const value = values[next];
    append(
      parts,
      chargeOnce(run, () => (typeof value === 'string' ? value : formatValue(value, 0, run))),
    );
  }
  return StringPrototypeSlice(ArrayPrototypeJoin(parts, ' '), 0, MAX_TEXT);
}

/** Appends the template with its place-holders filled; answers how many arguments it used. */
function fillTemplate(template: string, values: readonly unknown[], parts: List<string>, run: Run): number {
  const before = run.left;
  let used = 1;
  let text = '';
  let from = 0;
  let at = StringPrototypeIndexOf(template, '%');
  while (at !== -1 && text.length < MAX_TEXT) {
    const letter = StringPrototypeSlice(template, at + 1, at + 2);
    const known = letter === '%' || (letter !== '' && used < values.length && isPlaceholder(letter));
    if (known) {
      text += StringPrototypeSlice(template, from, at);
      from = at + 2;
      if (letter === '%') text += '%';
      else {
        text += fillPlaceholder(letter, values[used], run);
        used += 1;
      }
    }
    at = StringPrototypeIndexOf(template, '%', known ? at + 2 : at + 1);
  }
  // The filled places are part of the text, which is counted as a whole.
  run.left = before;
  append(parts, charge(run, text + StringPrototypeSlice(template, from, from + MAX_TEXT)));
  return used;
}

function isPlaceholder(letter: string): boolean {
  return StringPrototypeIndexOf('sdifjoOc', letter) !== -1;
}

function fillPlaceholder(letter: string, value: unknown, run: Run): string {
  if (letter === 'c') return '';
  if (typeof value === 'string') {
    if (letter === 's') return value;
    if (letter === 'd') return StringOf(NumberOf(value));
    if (letter === 'i' || letter === 'f') return StringOf(toNumber(letter, NumberParseFloat(value)));
  }
  if (typeof value === 'number') return StringOf(toNumber(letter, value));
  return formatValue(value, 0, run);
}

function toNumber(letter: string, value: number): number {
  return letter === 'i' ? value - (value % 1) : value;
}
