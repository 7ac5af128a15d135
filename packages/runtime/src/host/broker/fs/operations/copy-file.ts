import { limitRemedy } from '../../limit-remedy.ts';
import type { FsResult } from '../fs-outcome.ts';
import { type FsRefusal, refuse } from '../fs-refusal.ts';
import { type MountRequest, openGranted } from '../open-granted.ts';
import type { OwnedFd } from '../owned-fd.ts';
import { stageGranted } from '../stage-file.ts';
import type { StagedFile } from '../staged-file.ts';

/** Copies content only: no mode, owner, times or attributes go along. Counts as read and as written. */
export async function copyFile(source: MountRequest, target: MountRequest, exclusive: boolean): Promise<FsResult> {
  const entry = openGranted(source, 'read', 'file');
  if (entry.kind === 'refused') return entry;
  using from = entry.handle;
  const staged = stageGranted(target, exclusive);
  if ('rule' in staged) return staged;
  await using file = staged;
  const refused = await pour(source, from, file);
  if (refused !== undefined) return refused;
  if (target.handles.isClosed) return refuse('broker-closed');
  return (await file.commit(exclusive)) ?? { kind: 'done', written: file.size };
}

/** Ends where the file ends now, not where it ended when it was opened; the budgets bound it. */
async function pour(
  { root, limits, meter, handles }: MountRequest,
  from: OwnedFd,
  to: StagedFile,
): Promise<FsRefusal | undefined> {
  const buffer = new Uint8Array(limits.maxHandleReadBytes);
  for (let position = 0; ; ) {
    if (handles.isClosed) return refuse('broker-closed');
    if (from.fd === undefined) return refuse('io-failure');
    const count = await root.powers.read(from.fd, buffer, position);
    if (count === 0) return undefined;
    if (!meter.charge('fsReadBytes', count)) return refuse('budget-read', limitRemedy('fsReadMiB'));
    const refused = await to.write(buffer.subarray(0, count), position);
    if (refused !== undefined) return refused;
    position += count;
  }
}
