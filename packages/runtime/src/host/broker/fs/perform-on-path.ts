import { assertNever } from '@carapace/manifest/base';
import type { RequestId } from '../../../protocol/messages.ts';
import type { EffectRequest } from '../effect.ts';
import { type FsCall, locate, type PathOp } from './fs-call.ts';
import { DONE, type FsResult } from './fs-outcome.ts';
import { type FsRefusal, refuse } from './fs-refusal.ts';
import type { MountRoot } from './mount-root.ts';
import type { NamedHandle } from './named-handle.ts';
import type { MountRequest } from './open-granted.ts';
import { access } from './operations/access.ts';
import { copyFile } from './operations/copy-file.ts';
import { mkdir } from './operations/mkdir.ts';
import { openFile } from './operations/open.ts';
import { openDirectory } from './operations/open-directory.ts';
import { readFile } from './operations/read-file.ts';
import { readdir } from './operations/readdir.ts';
import { remove } from './operations/remove.ts';
import { rename } from './operations/rename.ts';
import { stat } from './operations/stat.ts';
import { truncate } from './operations/truncate.ts';
import { answerVirtualRoot } from './operations/virtual-root.ts';
import { writeFile } from './operations/write-file.ts';

export interface PathAnswer {
  /** The mount that was reached, for the trail. */
  readonly root?: MountRoot;
  readonly work: () => Promise<FsResult> | FsResult;
}

/** Finds the mount of the path; the work itself is for who can tell a failing disk from a defect. */
export function performOnPath(call: FsCall, { id, op, body }: EffectRequest<PathOp>): PathAnswer {
  const place = locate(call, op.path);
  if (place.kind === 'refused') return { work: () => place };
  if (place.kind === 'root') return { work: () => answerVirtualRoot(op, [...call.roots.keys()]) };
  const { request } = place;
  const work = 'to' in op ? () => performOnTwo(call, op, request) : () => performOnOne(op, request, id, body);
  return { root: request.root, work };
}

type TwoPathOp = Extract<PathOp, { to: string }>;

function performOnTwo(call: FsCall, op: TwoPathOp, source: MountRequest): Promise<FsResult> | FsResult {
  const place = locate(call, op.to);
  if (place.kind === 'refused') return place;
  if (place.kind === 'root') return refuse('mount-root');
  return op.method === 'rename' ? rename(source, place.request) : copyFile(source, place.request, op.exclusive);
}

function performOnOne(
  op: Exclude<PathOp, TwoPathOp>,
  request: MountRequest,
  id: RequestId,
  body: Uint8Array,
): Promise<FsResult> | FsResult {
  switch (op.method) {
    case 'readFile':
      return readFile(request);
    case 'readdir':
      return readdir(request);
    case 'stat':
      return stat(request);
    case 'access':
      return access(request, op.mode);
    case 'writeFile':
      return writeFile(request, op.mode, body);
    case 'truncate':
      return truncate(request, op.length);
    case 'mkdir':
      return mkdir(request, op.recursive);
    case 'rm':
      return remove(request, op);
    case 'open':
      return keepOpen(request, id, () => openFile(request, op.flags, op.path));
    case 'opendir':
      return keepOpen(request, id, () => openDirectory(request, op.path));
    default:
      return assertNever(op);
  }
}

/** From here until its close the guest names what was opened by the id of this request. */
async function keepOpen(
  { handles }: MountRequest,
  id: RequestId,
  open: () => Promise<NamedHandle | FsRefusal> | NamedHandle | FsRefusal,
): Promise<FsResult> {
  if (handles.isFull) return refuse('open-handles');
  const opened = await open();
  if (opened.kind === 'refused') return opened;
  if (handles.name(id, opened)) return DONE;
  await opened[Symbol.asyncDispose]();
  return refuse('handle-unknown');
}
