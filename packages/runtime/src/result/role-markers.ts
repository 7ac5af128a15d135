/**
 * Strings that chat templates, tool protocols or this library's own envelope read as structure. A model that meets one
 * inside data may take the rest for another speaker's turn. Matching is on the NFKC form, ignoring case.
 *
 * Sources: the published chat templates of ChatML, Llama 2-4, Mistral, Gemma, DeepSeek, Qwen and Hermes; the tool and
 * turn markers of the Anthropic text formats; `envelope.ts`.
 */
const TAG_NAMES: readonly string[] = [
  'tool_results?',
  'tool_use',
  'tool_calls?',
  'tool_responses?',
  'tool_outputs?',
  'tools?',
  'function_calls?',
  'function_results?',
  'function_responses?',
  'functions?',
  'invoke',
  'system',
  'system-reminder',
  'system_prompt',
  'assistant',
  'human',
  'think',
  'thinking',
  'start_of_turn',
  'end_of_turn',
  'start_of_image',
  'bos',
  'eos',
];

const BRACKET_NAMES: readonly string[] = ['inst', 'system_prompt', 'available_tools', 'tool_calls', 'tool_results'];

/** Opens and closes the region of data in `envelope.ts`. */
const DELIMITER_WORD = 'carapace-data';
/** Words that open a turn when a colon follows. */
const TURN_WORDS: readonly string[] = ['human', 'assistant'];
const BEFORE_COLON = ' {0,4}';

/** Longest name between `<|` and `|>`; the longest real one has 24 characters. */
const MAX_TOKEN_NAME = 64;

const afterAngle: readonly string[] = [
  `\\|[^\\s<>|]{1,${MAX_TOKEN_NAME}}\\|>`,
  '<\\/?sys>>',
  '\\/?s>',
  `\\/?(?:[a-z]{1,16}:)?(?:${TAG_NAMES.join('|')})(?![\\p{L}\\p{N}_-])`,
];

/** Each alternative consumes one character and looks ahead a bounded distance: linear, and overlaps are all found. */
const MARKER_SOURCE: string = [
  `<(?=${afterAngle.join('|')})`,
  `\\[(?=\\/?(?:${BRACKET_NAMES.join('|')})\\]|carapace:)`,
  lookAheadFrom(DELIMITER_WORD, ''),
  ...TURN_WORDS.map((word) => lookAheadFrom(word, `${BEFORE_COLON}:`)),
].join('|');

function lookAheadFrom(word: string, after: string): string {
  return `${word.slice(0, 1)}(?=${word.slice(1)}${after})`;
}

/** The end of a text that more text could still turn into one of the words. */
const OPEN_WORD_SOURCE: string = [
  beginningOf(DELIMITER_WORD, ''),
  ...TURN_WORDS.map((word) => beginningOf(word, BEFORE_COLON)),
].join('|');

/** `ab` becomes `a(?:b)?`: the whole word, followed by `after`, or any beginning of it. */
function beginningOf(word: string, after: string): string {
  const [first = '', ...rest] = word;
  return rest.length === 0 ? first + after : `${first}(?:${beginningOf(rest.join(''), after)})?`;
}

/** Finds the end of a text (NFKC form) that more text could still turn into a marker that is a word. */
export const openWord: RegExp = new RegExp(`(?:${OPEN_WORD_SOURCE})$`, 'iu');
/** The same for the other markers, none of which contains white space: to be looked for in the last word. */
export const openBracket: RegExp = /[<[]/;

/** How far a match can look, in characters of the NFKC form; a stream may decide no position nearer to its end. */
export const MARKER_REACH = 96;

/** White space read back from a turn marker in search of its blank line; more than this counts as one. */
export const BLANK_REACH = 64;

export function createMarkerPattern(): RegExp {
  return new RegExp(MARKER_SOURCE, 'giu');
}

/** `Human:` and `Assistant:` open a turn only after a blank line or at the very start; elsewhere they are prose. */
export function isTurnMarker(first: string): boolean {
  return /^[ha]$/iu.test(first);
}

/** Whether only white space stands before `at`, back to the start of the text or over two line ends. */
export function followsBlankLine(before: string, text: string, at: number): boolean {
  let lineEnds = 0;
  for (let back = 1; back <= BLANK_REACH; back += 1) {
    const char = at - back >= 0 ? text[at - back] : before[before.length + at - back];
    if (char === undefined) return true;
    if (char === '\n') lineEnds += 1;
    if (lineEnds === 2) return true;
    if (!/\s/u.test(char)) return false;
  }
  return true;
}
