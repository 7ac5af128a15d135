import type { FsPowers } from './fs-powers.ts';
import { FsFailure, refuse } from './fs-refusal.ts';
import type { OwnedFd } from './owned-fd.ts';

/** Write calls may take less than they were given, as at a full disk, where the next one then says why. */
export async function writeAll(powers: FsPowers, handle: OwnedFd, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    if (handle.fd === undefined) throw new FsFailure(refuse('broker-closed'));
    const written = await powers.write(handle.fd, bytes.subarray(done), position + done);
    if (written === 0) throw new FsFailure(refuse('io-failure'));
    done += written;
  }
}
