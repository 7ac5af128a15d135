import { SourceMap, type SourceMapPayload } from 'node:module';
import { WIRE_LIMITS } from './guest-wire.ts';
import { cutUtf8 } from './parse-guest-json.ts';

/** A larger map is not read: it comes from the skill's package and costs memory in proportion. */
export const SOURCE_MAP_MAX_BYTES: number = 8 * 1024 * 1024;
const MAX_FRAMES = 50;
const MAX_SOURCE_LENGTH = 256;
const INLINE_PREFIX = '//# sourceMappingURL=data:application/json';

/** The source map at the end of a bundle, as JSON text. */
export function inlineSourceMap(source: string): string | undefined {
  const start = source.lastIndexOf(INLINE_PREFIX);
  if (start === -1 || source.length - start > 2 * SOURCE_MAP_MAX_BYTES) return undefined;
  const line = source.slice(start).trimEnd();
  const comma = line.indexOf(',');
  if (comma === -1 || line.includes('\n')) return undefined;
  const data = line.slice(comma + 1);
  if (line.slice(0, comma).endsWith(';base64')) return Buffer.from(data, 'base64').toString('utf8');
  try {
    return decodeURIComponent(data);
  } catch {
    return undefined;
  }
}

/** Whether any frame of the stack lies in the bundle. */
export function hasBundleFrame(stack: string, filename: string): boolean {
  return stack.split('\n', 2 * MAX_FRAMES).some((line) => parseFrame(line, filename) !== undefined);
}

/**
 * A guest's stack as its author should see it: the head (name and message) as it is, then only frames of the bundle, mapped
 * to the author's files if there is a usable map. Frames of the platform and of this worker say nothing to an author and
 * would show paths of the machine. The text is the skill's own and may be forged; the host treats it as data.
 */
export function finishStack(stack: string, filename: string, mapText: string | undefined): string {
  const map = mapText === undefined ? undefined : readSourceMap(mapText);
  const kept: string[] = [];
  let frames = 0;
  for (const line of stack.split('\n')) {
    if (!/^\s+at /u.test(line)) {
      if (frames === 0) kept.push(line);
      continue;
    }
    frames += 1;
    const frame = parseFrame(line, filename);
    if (frame !== undefined && kept.length < MAX_FRAMES) kept.push(writeFrame(frame, filename, map));
  }
  return cutUtf8(kept.join('\n'), WIRE_LIMITS.failureStackBytes);
}

interface Frame {
  readonly name: string | undefined;
  readonly line: number;
  readonly column: number;
}

/** `    at name (file:1:2)` or `    at file:1:2`. */
function parseFrame(text: string, filename: string): Frame | undefined {
  const trimmed = text.trimStart();
  if (!trimmed.startsWith('at ') || trimmed.length > 1024) return undefined;
  const at = trimmed.lastIndexOf(`${filename}:`);
  const before = trimmed[at - 1];
  if (at === -1 || (before !== '(' && before !== ' ')) return undefined;
  const place = /^(\d{1,9}):(\d{1,9})\)?$/u.exec(trimmed.slice(at + filename.length + 1));
  if (place === null) return undefined;
  const name = before === '(' ? trimmed.slice(3, at - 2) : trimmed.slice(3, at).trimEnd();
  return { name: name === '' ? undefined : name, line: Number(place[1]), column: Number(place[2]) };
}

function writeFrame(frame: Frame, filename: string, map: SourceMap | undefined): string {
  const place = mapPlace(frame, map) ?? `${filename}:${frame.line}:${frame.column}`;
  return frame.name === undefined ? `    at ${place}` : `    at ${frame.name} (${place})`;
}

function mapPlace({ line, column }: Frame, map: SourceMap | undefined): string | undefined {
  try {
    const entry = map?.findEntry(line - 1, column - 1);
    if (entry === undefined || !('originalSource' in entry) || typeof entry.originalSource !== 'string')
      return undefined;
    const { originalSource, originalLine, originalColumn } = entry;
    if (!Number.isInteger(originalLine) || !Number.isInteger(originalColumn)) return undefined;
    return `${cleanSource(originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
  } catch {
    return undefined;
  }
}

/** Bundlers write paths relative to the bundle; the leading `../` only says where the author's build put it. */
function cleanSource(source: string): string {
  return source
    .replace(/^(?:\.{1,2}\/)+/u, '')
    .replaceAll(/[\s()]/gu, '_')
    .slice(0, MAX_SOURCE_LENGTH);
}

/** Nothing when the text is not a source map: an unmapped stack is better than none. */
function readSourceMap(text: string): SourceMap | undefined {
  if (text.length > SOURCE_MAP_MAX_BYTES) return undefined;
  try {
    const payload: unknown = JSON.parse(text);
    return isPayload(payload) ? new SourceMap(payload) : undefined;
  } catch {
    return undefined;
  }
}

/** Indexed maps (`sections`) may nest without end and no bundler in use writes them, so they are not read. */
function isPayload(value: unknown): value is SourceMapPayload {
  if (typeof value !== 'object' || value === null || 'sections' in value) return false;
  if (!('mappings' in value) || typeof value.mappings !== 'string') return false;
  return 'sources' in value && Array.isArray(value.sources) && value.sources.every((item) => typeof item === 'string');
}
