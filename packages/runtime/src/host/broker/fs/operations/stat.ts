import type { FsDone } from '../fs-outcome.ts';
import type { FsRefusal } from '../fs-refusal.ts';
import { toFsStat } from '../fs-stat.ts';
import { type MountRequest, openGranted } from '../open-granted.ts';

export function stat(request: MountRequest): FsDone | FsRefusal {
  const entry = openGranted(request, 'inspect', 'inspect');
  if (entry.kind === 'refused') return entry;
  entry.handle[Symbol.dispose]();
  return { kind: 'done', value: toFsStat(entry.kind, entry.facts) };
}
