import { type Bytes, copyBytes, partOf } from '../../byte-pieces.ts';
import { append, createList, type List } from '../../collections.ts';
import {
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  StringPrototypeToLowerCase,
  StringPrototypeTrim,
  TypeErrorOf,
} from '../../primordials.ts';
import { replaceEach } from '../../replace-each.ts';
import { blobLink } from '../blob.ts';
import { fileLink } from '../file.ts';
import { decodeBytewise, decodeText, encodeText } from '../text-encoding.ts';
import type { FormEntry } from './form-data.ts';

const BREAK = '\r\n';
const DEFAULT_FILE_TYPE = 'text/plain';

/** The content as bytes and as text of one character for each byte: native search finds what loops would be slow to find. */
interface Content {
  readonly bytes: Bytes;
  readonly text: string;
}

/** What the headers of one part say. */
interface PartHead {
  readonly name: string;
  readonly filename: string | undefined;
  readonly type: string;
  /** Where its content starts. */
  readonly end: number;
}

/**
 * RFC 7578 as the Fetch Standard reads it.
 *
 * @throws {TypeError} when the bytes are not such a form.
 */
export function readMultipart(bytes: Bytes, boundary: string): List<FormEntry> {
  const content = { bytes, text: decodeBytewise(bytes) };
  const { text } = content;
  const delimiter = `--${decodeBytewise(encodeText(boundary))}`;
  const entries = createList<FormEntry>();
  let at = startsAt(text, BREAK, 0) ? BREAK.length : 0;
  for (;;) {
    if (!startsAt(text, delimiter, at)) throw malformed();
    at += delimiter.length;
    if (startsAt(text, '--', at)) return entries;
    if (!startsAt(text, BREAK, at)) throw malformed();
    const head = readHead(content, at + BREAK.length);
    const end = StringPrototypeIndexOf(text, `${BREAK}${delimiter}`, head.end);
    if (end === -1) throw malformed();
    append(entries, toEntry(head, partOf(bytes, head.end, end)));
    at = end + BREAK.length;
  }
}

function toEntry({ name, filename, type }: PartHead, bytes: Bytes): FormEntry {
  if (filename === undefined) return { name, value: decodeText(bytes) };
  return { name, value: fileLink.of(blobLink.create(copyBytes(bytes), type), filename) };
}

function readHead(content: Content, start: number): PartHead {
  let name: string | undefined;
  let filename: string | undefined;
  let type = DEFAULT_FILE_TYPE;
  for (let at = start; ; ) {
    const end = StringPrototypeIndexOf(content.text, BREAK, at);
    if (end === -1) throw malformed();
    if (end === at) {
      if (name === undefined) throw malformed();
      return { name, filename, type, end: end + BREAK.length };
    }
    const colon = StringPrototypeIndexOf(content.text, ':', at);
    if (colon === -1 || colon > end) throw malformed();
    const field = StringPrototypeToLowerCase(StringPrototypeTrim(StringPrototypeSlice(content.text, at, colon)));
    if (field === 'content-disposition') {
      const said = readDisposition(content, colon, end);
      name = said.name;
      filename = said.filename;
    } else if (field === 'content-type') {
      type = StringPrototypeTrim(StringPrototypeSlice(content.text, colon + 1, end));
    }
    at = end + BREAK.length;
  }
}

interface Disposition {
  readonly name: string | undefined;
  readonly filename: string | undefined;
}

/** The quoted parameters of a line, one after the other: what stands inside of quotes is no parameter. */
function readDisposition({ bytes, text }: Content, start: number, end: number): Disposition {
  let name: string | undefined;
  let filename: string | undefined;
  for (let at = start; ; ) {
    const from = StringPrototypeIndexOf(text, '="', at);
    if (from === -1 || from >= end) return { name, filename };
    const to = StringPrototypeIndexOf(text, '"', from + 2);
    if (to === -1 || to >= end) throw malformed();
    const key = lastWord(StringPrototypeSlice(text, at, from));
    const value = unescapeName(decodeText(partOf(bytes, from + 2, to)));
    if (key === 'name') name = value;
    else if (key === 'filename') filename = value;
    at = to + 1;
  }
}

/** What follows the last semicolon. */
function lastWord(text: string): string {
  let rest = text;
  for (;;) {
    const at = StringPrototypeIndexOf(rest, ';');
    if (at === -1) return StringPrototypeToLowerCase(StringPrototypeTrim(rest));
    rest = StringPrototypeSlice(rest, at + 1);
  }
}

function unescapeName(name: string): string {
  return replaceEach(replaceEach(replaceEach(name, '%0A', '\n'), '%0D', '\r'), '%22', '"');
}

function startsAt(text: string, part: string, at: number): boolean {
  return StringPrototypeStartsWith(StringPrototypeSlice(text, at, at + part.length), part);
}

function malformed(): TypeError {
  return new TypeErrorOf('Cannot read form: the body is not valid multipart/form-data');
}
