import { assertNever } from '@carapace/manifest/base';
import type { FsOp } from '../../../protocol/messages.ts';
import { DONE, type FsResult } from './fs-outcome.ts';
import { refuse } from './fs-refusal.ts';
import type { NamedHandle } from './named-handle.ts';
import type { OpenDirectory } from './open-directory.ts';
import type { OpenFile } from './open-file.ts';
import type { OpenHandles } from './open-handles.ts';

export type HandleOp = Extract<FsOp, { handle: number }>;

/** What a handle cannot do is refused like a handle that does not exist. */
export function performOnHandle(
  handles: OpenHandles<NamedHandle>,
  handle: NamedHandle,
  op: HandleOp,
  body: Uint8Array,
): Promise<FsResult> | FsResult {
  if (op.method === 'close') {
    handles.forget(op.handle, handle);
    return close(handle, op.discard);
  }
  return handle.kind === 'file' ? performOnFile(handle, op, body) : performOnDirectory(handle, op);
}

async function close(handle: NamedHandle, discard: boolean): Promise<FsResult> {
  if (handle.kind === 'file') return await handle.close(discard);
  await handle[Symbol.asyncDispose]();
  return DONE;
}

function performOnFile(
  file: OpenFile,
  op: Exclude<HandleOp, { method: 'close' }>,
  body: Uint8Array,
): Promise<FsResult> | FsResult {
  switch (op.method) {
    case 'read':
      return file.read(op.length, op.position);
    case 'write':
      return file.write(body, op.position);
    case 'fstat':
      return file.stat();
    case 'ftruncate':
      return file.truncate(op.length);
    case 'readEntries':
      return refuse('handle-mode');
    default:
      return assertNever(op);
  }
}

function performOnDirectory(
  directory: OpenDirectory,
  op: Exclude<HandleOp, { method: 'close' }>,
): Promise<FsResult> | FsResult {
  return op.method === 'readEntries' ? directory.readEntries() : refuse('handle-mode');
}
