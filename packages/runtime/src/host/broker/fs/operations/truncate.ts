import { DONE, type FsResult } from '../fs-outcome.ts';
import { WRITE_PINNED_FLAGS } from '../fs-powers.ts';
import { refuse } from '../fs-refusal.ts';
import { isRange, truncateInPlace } from '../open-file.ts';
import { type MountRequest, openGranted } from '../open-granted.ts';

export async function truncate(request: MountRequest, length: number): Promise<FsResult> {
  if (!isRange(length, 0)) return refuse('offset-range');
  const entry = openGranted(request, 'write', WRITE_PINNED_FLAGS);
  if (entry.kind === 'refused') return entry;
  using handle = entry.handle;
  return (await truncateInPlace(request, handle, length)) ?? DONE;
}
