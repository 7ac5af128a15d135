import {
  StringOf,
  StringPrototypeCharCodeAt,
  StringPrototypeIncludes,
  StringPrototypeSlice,
  StringPrototypeToLowerCase,
  TypeErrorOf,
} from '../../primordials.ts';

/** Characters of a token that are neither letter nor digit. RFC 9110 §5.6.2. */
const TOKEN_MARKS = "!#$%&'*+-.^_`|~";

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;

function isTokenCharacter(text: string, index: number): boolean {
  const code = StringPrototypeCharCodeAt(text, index);
  if (code >= 97 && code <= 122) return true;
  if ((code >= 65 && code <= 90) || (code >= 48 && code <= 57)) return true;
  return StringPrototypeIncludes(TOKEN_MARKS, StringPrototypeSlice(text, index, index + 1));
}

/** Also what a method has to be. */
export function isToken(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (!isTokenCharacter(text, index)) return false;
  return text !== '';
}

/** @throws {TypeError} for what is no field name. */
export function toHeaderName(value: unknown): string {
  const name = StringOf(value);
  if (!isToken(name)) throw new TypeErrorOf(`Cannot use header "${shorten(name)}": it is not a valid name`);
  return StringPrototypeToLowerCase(name);
}

/**
 * Without white space at its ends. A line break inside would be another header on the wire (NP-229); the host refuses it as well.
 *
 * @throws {TypeError} for what no field value may contain.
 */
export function toHeaderValue(name: string, value: unknown): string {
  const text = trimHttpSpace(StringOf(value));
  for (let index = 0; index < text.length; index += 1) {
    const code = StringPrototypeCharCodeAt(text, index);
    if (code > 255 || code === 0 || code === LINE_FEED || code === CARRIAGE_RETURN) {
      throw new TypeErrorOf(`Cannot use header "${shorten(name)}": its value has a character that none may contain`);
    }
  }
  return text;
}

function trimHttpSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isHttpSpace(StringPrototypeCharCodeAt(text, start))) start += 1;
  while (end > start && isHttpSpace(StringPrototypeCharCodeAt(text, end - 1))) end -= 1;
  return StringPrototypeSlice(text, start, end);
}

function isHttpSpace(code: number): boolean {
  return code === SPACE || code === TAB || code === LINE_FEED || code === CARRIAGE_RETURN;
}

function shorten(text: string): string {
  return text.length <= 100 ? text : `${StringPrototypeSlice(text, 0, 100)}…`;
}
