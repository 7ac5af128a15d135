import { StringPrototypeCharCodeAt, StringPrototypeIndexOf, StringPrototypeSlice } from '../../primordials.ts';
import { andThen, resolved } from './promise-chain.ts';
import type { Scan } from './scan.ts';
import { createTextJoiner } from './text-pieces.ts';

export interface Lines {
  next(): Promise<LineStep>;
  return(): Promise<LineStep>;
  [Symbol.asyncIterator](): Lines;
}

type LineStep = { readonly done: boolean; readonly value: string | undefined };

const LINE_END: LineStep = { done: true, value: undefined };
const CARRIAGE_RETURN = 13;

/** The lines of UTF-8 text, without what ends them: `\n` or `\r\n`. A lone `\r` is part of its line. */
export function linesOf(scan: Scan): Lines {
  const toText = createTextJoiner();
  let text = '';
  let from = 0;
  let ended = false;

  const step = (value: string): LineStep => {
    const last = value.length - 1;
    const bare = last >= 0 && StringPrototypeCharCodeAt(value, last) === CARRIAGE_RETURN;
    return { done: false, value: bare ? StringPrototypeSlice(value, 0, last) : value };
  };
  const next = (): Promise<LineStep> => {
    const end = StringPrototypeIndexOf(text, '\n', from);
    if (end !== -1) {
      const line = StringPrototypeSlice(text, from, end);
      from = end + 1;
      return resolved(step(line));
    }
    const rest = StringPrototypeSlice(text, from);
    from = 0;
    if (ended) {
      text = '';
      return resolved(rest === '' ? LINE_END : step(rest));
    }
    return andThen(scan.next(), (bytes) => {
      ended = bytes === undefined;
      text = rest + toText(bytes);
      return next();
    });
  };
  const lines: Lines = {
    next,
    return: () => {
      ended = true;
      text = '';
      from = 0;
      return andThen(scan.close(), () => resolved(LINE_END));
    },
    [Symbol.asyncIterator]: () => lines,
  };
  return lines;
}
