import type { RemovalTally } from './removal-counts.ts';
import { sanitiseInto } from './sanitise-text.ts';

/** A line the skill has written to its console. */
export interface SkillLogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly text: string;
}

/** Sanitised log lines of one call, with what did not fit. */
export interface SkillLog {
  readonly source: 'skill-log';
  readonly lines: readonly SkillLogLine[];
  /** Lines left out because the log was too long. */
  readonly droppedLines: number;
}

export interface SkillLogLimits {
  readonly maxLines: number;
  /** Characters in all lines together. */
  readonly maxCharacters: number;
}

/** Keeps the first lines within the limits. One entry is one line: a line feed in it could imitate another entry. */
export function toSkillLog(lines: readonly SkillLogLine[], limits: SkillLogLimits, tally: RemovalTally): SkillLog {
  const kept: SkillLogLine[] = [];
  let room = limits.maxCharacters;
  for (const { level, text: written } of lines.slice(0, limits.maxLines)) {
    // Redacted first: half a secret would not be found any more.
    const text = tally.redact(written);
    const cut = text.length > room ? text.slice(0, room) : text;
    const clean = sanitiseInto(tally, cut, { singleLine: true });
    kept.push(Object.freeze({ level, text: clean }));
    room -= cut.length;
    if (room <= 0) break;
  }
  return Object.freeze({ source: 'skill-log', lines: Object.freeze(kept), droppedLines: lines.length - kept.length });
}
