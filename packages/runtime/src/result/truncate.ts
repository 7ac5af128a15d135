import { createHash } from 'node:crypto';

export interface TruncateLimits {
  /** UTF-8 bytes kept at most, head and tail together. */
  readonly maxBytes: number;
  /** Lines kept at most, head and tail together. */
  readonly maxLines: number;
}

/** What was left out, for the notice that the host writes beside the data. */
export interface Truncation {
  readonly droppedBytes: number;
  readonly totalBytes: number;
  readonly totalLines: number;
  /** SHA-256 of the whole text as UTF-8, lower-case hex. */
  readonly sha256: string;
}

export type TruncatedText =
  | { readonly kind: 'whole'; readonly text: string }
  | { readonly kind: 'cut'; readonly head: string; readonly tail: string; readonly truncation: Truncation };

const LINE_FEED = 0x0a;

/**
 * Keeps the head (two thirds) and the tail (one third) of a text that is too long, each cut at a code point. Nothing is
 * written into the data: the pieces stay apart, so that the skill cannot imitate the notice between them.
 */
export function truncateText(text: string, limits: TruncateLimits): TruncatedText {
  const bytes = Buffer.from(text, 'utf8');
  const totalLines = countLines(bytes);
  if (bytes.length <= limits.maxBytes && totalLines <= limits.maxLines) return { kind: 'whole', text };
  const tailBytes = Math.floor(limits.maxBytes / 3);
  const tailLines = Math.floor(limits.maxLines / 3);
  const headEnd = Math.min(
    boundaryAtOrBefore(bytes, Math.max(0, limits.maxBytes - tailBytes)),
    endOfLines(bytes, limits.maxLines - tailLines),
  );
  const tailStart = Math.max(
    headEnd,
    boundaryAtOrAfter(bytes, Math.max(0, bytes.length - tailBytes)),
    startOfLastLines(bytes, tailLines),
  );
  return {
    kind: 'cut',
    head: bytes.toString('utf8', 0, headEnd),
    tail: bytes.toString('utf8', tailStart),
    truncation: {
      droppedBytes: tailStart - headEnd,
      totalBytes: bytes.length,
      totalLines,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    },
  };
}

function countLines(bytes: Buffer): number {
  let lines = 1;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) lines += 1;
  return lines;
}

function startsCodePoint(bytes: Buffer, at: number): boolean {
  return ((bytes[at] ?? 0) & 0xc0) !== 0x80;
}

function boundaryAtOrBefore(bytes: Buffer, at: number): number {
  let boundary = Math.min(at, bytes.length);
  while (!startsCodePoint(bytes, boundary)) boundary -= 1;
  return boundary;
}

function boundaryAtOrAfter(bytes: Buffer, at: number): number {
  let boundary = at;
  while (!startsCodePoint(bytes, boundary)) boundary += 1;
  return boundary;
}

function endOfLines(bytes: Buffer, lines: number): number {
  let at = 0;
  for (let line = 0; line < lines; line += 1) {
    const next = bytes.indexOf(LINE_FEED, at);
    if (next === -1) return bytes.length;
    at = next + 1;
  }
  return at;
}

function startOfLastLines(bytes: Buffer, lines: number): number {
  let at = bytes.length;
  for (let line = 0; line < lines; line += 1) {
    const before = at === 0 ? -1 : bytes.lastIndexOf(LINE_FEED, at - 1);
    if (before === -1) return 0;
    at = before;
  }
  return lines === 0 ? bytes.length : at + 1;
}
