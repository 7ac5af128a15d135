import { sanitiseText } from '../result/sanitise-text.ts';
import { AUDIT_VERSION, type AuditEntry, type AuditEvent, type RecordsSuppressed } from './audit-event.ts';

/** Hides what must not be written down, e.g. secret values. Applied before and after sanitising. */
export type Redact = (text: string) => string;

/** Longest string in a record; a console line may be longer than a path. */
const MAX_TEXT = 4_096;
const MAX_ITEMS = 256;
const MAX_DEPTH = 6;

/**
 * Makes an entry a record: copies it, sanitises, redacts and caps every string and key in it, stamps and freezes it. A
 * skill reaches the trail through paths, log lines and error names; none of them may forge a record or hide in one.
 */
export function stampEvent(
  entry: AuditEntry | RecordsSuppressed,
  seq: number,
  time: string,
  redact: Redact,
): AuditEvent {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place an AuditEvent is made; the copy keeps the shape
  return makeSafe({ v: AUDIT_VERSION, seq, time, ...entry }, redact, 0) as AuditEvent;
}

function makeSafe(value: unknown, redact: Redact, depth: number): unknown {
  if (typeof value === 'string') return makeTextSafe(value, redact);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return null;
  const known = KNOWN_CONSTANTS.get(value);
  if (known !== undefined) return makeSafeOnce(value, known, redact, depth);
  return copySafely(value, redact, depth);
}

function copySafely(value: object, redact: Redact, depth: number): unknown {
  if (Array.isArray(value)) {
    return Object.freeze(value.slice(0, MAX_ITEMS).map((item) => makeSafe(item, redact, depth + 1)));
  }
  const copy: Record<string, unknown> = Object.create(null);
  for (const [key, item] of Object.entries(value).slice(0, MAX_ITEMS)) {
    if (item !== undefined) copy[makeTextSafe(key, redact)] = makeSafe(item, redact, depth + 1);
  }
  return Object.freeze(copy);
}

/** Constants of the host, each with the copy that was made of it and the redaction under which it was. */
const KNOWN_CONSTANTS = new WeakMap<object, { redact: Redact | undefined; copy: unknown }>();

/**
 * Marks a deeply frozen value of the host's own that many records carry, such as the limits of a skill: it is copied once
 * instead of for every record. Not for anything that a skill has influenced.
 */
export function auditConstant<T extends object>(value: T): T {
  if (!KNOWN_CONSTANTS.has(value)) KNOWN_CONSTANTS.set(value, { redact: undefined, copy: undefined });
  return value;
}

function makeSafeOnce(
  value: object,
  known: { redact: Redact | undefined; copy: unknown },
  redact: Redact,
  depth: number,
): unknown {
  if (known.redact !== redact) {
    known.copy = copySafely(value, redact, depth);
    known.redact = redact;
  }
  return known.copy;
}

/** Redacts first, so that the cut cannot leave half a secret, and last, so that hidden characters cannot split one. */
function makeTextSafe(text: string, redact: Redact): string {
  const redacted = redact(text);
  const excess = redacted.length - MAX_TEXT;
  const cut = excess > 0 ? `${redacted.slice(0, MAX_TEXT)}… (${excess} more)` : redacted;
  return redact(sanitiseText(cut).text);
}
