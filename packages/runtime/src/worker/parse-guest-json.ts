import type { GuestFailure, GuestProgress } from '../protocol/messages.ts';
import { WIRE_LIMITS } from './guest-wire.ts';

/** A report of progress as the guest wrote it; nothing if it is not one. */
export function parseProgress(text: string): GuestProgress | undefined {
  const fields = text.length > WIRE_LIMITS.requestLength ? undefined : parseObject(text);
  if (fields === undefined) return undefined;
  const progress = fields.get('progress');
  const total = fields.get('total');
  if (!isOptionalFigure(progress) || !isOptionalFigure(total)) return undefined;
  return {
    ...(progress === undefined ? {} : { progress }),
    ...(total === undefined ? {} : { total }),
    message: cutUtf8(textOf(fields.get('message'), ''), WIRE_LIMITS.progressMessageBytes),
  };
}

function isOptionalFigure(value: unknown): value is number | undefined {
  return value === undefined || (typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER);
}

/** A failure as the guest described it, cut to size; a malformed one becomes a plain failure of the run. */
export function parseFailure(text: string): GuestFailure {
  const fields = text.length > 4 * WIRE_LIMITS.failureStackBytes * 6 ? undefined : parseObject(text);
  const stage = fields?.get('stage');
  return {
    stage: stage === 'load' || stage === 'entry' || stage === 'output' ? stage : 'run',
    name: cutUtf8(textOf(fields?.get('name'), 'Error'), WIRE_LIMITS.failureNameBytes),
    message: cutUtf8(textOf(fields?.get('message'), ''), WIRE_LIMITS.failureMessageBytes),
    // Cut to its final size once it has been mapped.
    stack: cutUtf8(textOf(fields?.get('stack'), ''), 2 * WIRE_LIMITS.failureStackBytes),
  };
}

/** Well-formed text of at most `maxBytes` bytes of UTF-8, cut between characters. */
export function cutUtf8(text: string, maxBytes: number): string {
  const wellFormed = text.slice(0, maxBytes).toWellFormed();
  const bytes = Buffer.from(wellFormed, 'utf8');
  if (bytes.length <= maxBytes) return wellFormed;
  let end = maxBytes;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}

type Fields = ReadonlyMap<string, unknown>;

function parseObject(text: string): Fields | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value));
}

function textOf(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}
