import { collectBody, FileBody } from '../file-body.ts';
import type { FsDone } from '../fs-outcome.ts';
import { type FsRefusal, refuse } from '../fs-refusal.ts';
import { type MountRequest, openGranted } from '../open-granted.ts';

/** A file smaller than one chunk comes back as one array and leaves nothing open; a larger one is streamed. */
export async function readFile(request: MountRequest): Promise<FsDone | FsRefusal> {
  const { root, limits, meter, handles } = request;
  if (handles.isFull) return refuse('open-handles');
  const entry = openGranted(request, 'read', 'file');
  if (entry.kind === 'refused') return entry;
  const { size } = entry.facts;
  if (size > limits.maxReadBytes) {
    entry.handle[Symbol.dispose]();
    return refuse('read-cap');
  }
  const body = new FileBody({ handle: entry.handle, size, powers: root.powers, limits, meter, handles });
  return { kind: 'done', body: size < limits.chunkBytes ? await collectBody(body) : body };
}
