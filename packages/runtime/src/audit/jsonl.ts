import type { AuditEvent } from './audit-event.ts';

/** Everything but visible text and the plain space. */
const unsafe = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

/**
 * One record as one line of JSON Lines, without the line feed at its end. Line breaks of every kind, controls, bidi and
 * other invisible characters are `\u` escapes, so a line in a file or terminal is a record, whatever a skill wrote.
 */
export function toJsonLine(event: AuditEvent): string {
  return JSON.stringify(event).replaceAll(unsafe, escapeUnits);
}

function escapeUnits(char: string): string {
  return Array.from({ length: char.length }, (_, at) => {
    return `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }).join('');
}
