import { assertNever } from '@carapace/manifest/base';
import type { FsDone, FsResult } from '../fs-outcome.ts';
import { refuse } from '../fs-refusal.ts';
import { openForAppending } from '../open-for-appending.ts';
import { admit, type MountRequest } from '../open-granted.ts';
import { stageGranted } from '../stage-file.ts';

/** A whole file at once. `replace` and `create` are all or nothing; `append` adds to what is there. */
export function writeFile(
  request: MountRequest,
  mode: 'replace' | 'create' | 'append',
  content: Uint8Array,
): Promise<FsResult> {
  switch (mode) {
    case 'replace':
      return putFile(request, content, false);
    case 'create':
      return putFile(request, content, true);
    case 'append':
      return appendFile(request, content);
    default:
      return assertNever(mode);
  }
}

async function putFile(request: MountRequest, content: Uint8Array, exclusive: boolean): Promise<FsResult> {
  const staged = stageGranted(request, exclusive);
  if ('rule' in staged) return staged;
  await using file = staged;
  const refused = await file.write(content, 0);
  if (refused !== undefined) return refused;
  // A call that was ended changes nothing any more.
  if (request.handles.isClosed) return refuse('broker-closed');
  return (await file.commit(exclusive)) ?? written(content);
}

async function appendFile(request: MountRequest, content: Uint8Array): Promise<FsResult> {
  const admission = admit(request, 'put');
  if (admission.kind === 'refused') return admission;
  const file = openForAppending(request, false, '');
  if (file.kind === 'refused') return file;
  await using opened = file;
  return await opened.write(content, undefined);
}

function written(content: Uint8Array): FsDone {
  return { kind: 'done', written: content.byteLength };
}
