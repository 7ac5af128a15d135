import type { FsResult } from '../fs-outcome.ts';
import { refuse } from '../fs-refusal.ts';
import type { FsRule } from '../fs-rules.ts';
import type { PathOp } from '../perform-on-path.ts';
import type { Listing } from './readdir.ts';
import type { FsStat } from './stat.ts';

type Refused = Exclude<PathOp['method'], 'readFile' | 'readdir' | 'stat' | 'access'>;

const REFUSALS: Readonly<Record<Refused, FsRule>> = {
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
  switch (op.method) {
    case 'readFile':
      return refuse('is-directory');
    case 'readdir': {
      const entries = mounts.toSorted().map((name) => ({ name, kind: 'directory' as const }));
      return { kind: 'done', value: { entries, truncated: false } satisfies Listing };
    }
    case 'stat':
      return { kind: 'done', value: { kind: 'directory', size: 0, mtimeMs: 0 } satisfies FsStat };
    case 'access':
      return op.mode === 'write' ? refuse('access-missing') : { kind: 'done' };
    default:
      return refuse(REFUSALS[op.method]);
  }
}
