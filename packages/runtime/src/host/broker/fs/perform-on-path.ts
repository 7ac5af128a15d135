import type { FsOp } from '../../../protocol/messages.ts';
import type { FsCall } from './fs-call.ts';
import type { FsResult } from './fs-outcome.ts';
import { refuse } from './fs-refusal.ts';
import type { MountRoot } from './mount-root.ts';
import type { MountRequest } from './open-granted.ts';
import { access } from './operations/access.ts';
import { readFile } from './operations/read-file.ts';
import { readdir } from './operations/readdir.ts';
import { stat } from './operations/stat.ts';
import { answerVirtualRoot } from './operations/virtual-root.ts';
import { parseVirtualPath } from './virtual-path.ts';

export type PathOp = Extract<FsOp, { path: string }>;

type Attempt = (work: () => Promise<FsResult> | FsResult) => Promise<FsResult>;

/** Parses, finds the mount, and performs. `root` is the mount that was reached, for the trail. */
export async function performOnPath(
  call: FsCall,
  op: PathOp,
  attempt: Attempt,
): Promise<{ readonly root?: MountRoot; readonly result: FsResult }> {
  const path = parseVirtualPath(op.path);
  if (path.kind === 'refused') return { result: path };
  if (path.kind === 'root') return { result: answerVirtualRoot(op, [...call.roots.keys()]) };
  const root = call.roots.get(path.mount);
  if (root === undefined) return { result: refuse('mount-unknown') };
  const { limits, meter, handles } = call;
  return { root, result: await attempt(() => dispatch(op, { root, path, limits, meter, handles })) };
}

function dispatch(op: PathOp, request: MountRequest): Promise<FsResult> | FsResult {
  switch (op.method) {
    case 'readFile':
      return readFile(request);
    case 'readdir':
      return readdir(request);
    case 'stat':
      return stat(request);
    case 'access':
      return access(request, op.mode);
    default:
      return refuse('access-missing');
  }
}
