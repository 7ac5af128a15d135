const MAX_CHOICES = 16;

/**
 * Writes out `{a,b}` choices, which may not be nested. Undefined when braces are unbalanced, nested, hold fewer than two
 * words, or would multiply to more than 16 patterns (`{a,b}{a,b}{a,b}…` doubles at every step).
 */
export function expandBraces(source: string): readonly string[] | undefined {
  let choices: readonly string[] = [''];
  let rest = source;
  while (rest !== '') {
    const open = rest.indexOf('{');
    const head = open < 0 ? rest : rest.slice(0, open);
    if (head.includes('}')) return undefined;
    choices = choices.map((choice) => choice + head);
    if (open < 0) return choices;
    const close = rest.indexOf('}', open);
    const words = close < 0 ? [] : rest.slice(open + 1, close).split(',');
    if (words.length < 2 || words.some((word) => word.includes('{')) || choices.length * words.length > MAX_CHOICES)
      return undefined;
    choices = choices.flatMap((choice) => words.map((word) => choice + word));
    rest = rest.slice(close + 1);
  }
  return choices;
}
