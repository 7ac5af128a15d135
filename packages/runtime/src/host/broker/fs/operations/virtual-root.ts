import type { PathOp } from '../fs-call.ts';
import { DONE, type FsResult } from '../fs-outcome.ts';
import { refuse } from '../fs-refusal.ts';
import type { FsRule } from '../fs-rules.ts';
import type { FsStat } from '../fs-stat.ts';
import type { Listing } from './readdir.ts';

type Refused = Exclude<PathOp['method'], 'readdir' | 'stat' | 'access'>;

const REFUSALS: Readonly<Record<Refused, FsRule>> = {
  readFile: 'is-directory',
  mkdir: 'exists',
  rm: 'mount-root',
  rename: 'mount-root',
  writeFile: 'is-directory',
  truncate: 'is-directory',
  copyFile: 'is-directory',
  open: 'is-directory',
  opendir: 'access-missing',
};

/** `/` exists only as a list of the granted mounts; there is no such directory on the host. */
export function answerVirtualRoot(op: PathOp, mounts: readonly string[]): FsResult {
  if (op.method === 'readdir') {
    const entries = mounts.toSorted().map((name) => ({ name, kind: 'directory' as const }));
    return { kind: 'done', value: { entries, truncated: false } satisfies Listing };
  }
  if (op.method === 'stat') {
    return { kind: 'done', value: { kind: 'directory', size: 0, mtimeMs: 0 } satisfies FsStat };
  }
  if (op.method === 'access') return op.mode === 'write' ? refuse('access-missing') : DONE;
  return refuse(REFUSALS[op.method]);
}
