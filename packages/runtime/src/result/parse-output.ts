/** Deepest nesting of lists and objects in a result. */
export const MAX_OUTPUT_DEPTH = 64;
/** Longest result text in UTF-16 code units, whatever the output budget of the call is. */
export const MAX_OUTPUT_LENGTH: number = 16 * 2 ** 20;

export type ParsedOutput =
  | { readonly kind: 'parsed'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Reads the JSON text that a worker claims to be its result. The worker may be compromised, so size and depth are
 * checked on the text, before a parser or a recursive walk meets it. Never throws; the reason is a host sentence.
 */
export function parseOutput(json: string): ParsedOutput {
  if (json.length > MAX_OUTPUT_LENGTH) return refuse('it is too large');
  if (nestsDeeperThan(json, MAX_OUTPUT_DEPTH)) return refuse(`it nests deeper than ${MAX_OUTPUT_DEPTH} levels`);
  try {
    return { kind: 'parsed', value: JSON.parse(json) };
  } catch {
    // The parser's message quotes the text of the worker.
    return refuse('it is not JSON');
  }
}

function refuse(reason: string): ParsedOutput {
  return { kind: 'refused', reason: `Cannot read the result of the tool: ${reason}` };
}

/**
 * Counts brackets outside strings: exact for JSON, and for other text it only has to end. A plain loop, because a
 * pattern for strings goes quadratic on text that is no JSON.
 */
function nestsDeeperThan(json: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const char = json[at];
    if (inString) {
      if (char === '\\') at += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else depth += stepOf(char);
    if (depth > limit) return true;
  }
  return false;
}

function stepOf(char: string | undefined): number {
  if (char === '[' || char === '{') return 1;
  return char === ']' || char === '}' ? -1 : 0;
}
