import type { FsPowers } from '../host/broker/fs/fs-powers.ts';
import type { HeldSpace } from '../host/broker/fs/mount-quota.ts';

/** One thing below a directory. */
export interface DataEntry {
  /** Relative, `/` between names. Written by a skill: untrusted text. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'other';
  /** Bytes; 0 for what is no file. */
  readonly size: number;
  /** Milliseconds since the epoch, whole seconds. */
  readonly mtimeMs: number;
}

/** Everything below a directory that only this host writes to, parents before children. Links are entries, not ways. */
export async function* entriesBelow(powers: FsPowers, directory: string): AsyncGenerator<DataEntry, void> {
  const pending = [''];
  for (const prefix of pending) {
    await using names = await powers.openNames(`${directory}/${prefix}`);
    for (let found = await names.next(); found !== undefined; found = await names.next()) {
      const path = prefix + Buffer.from(found.name).toString('utf8');
      if (found.kind === 'directory') pending.push(`${path}/`);
      const { size, mtimeMs } = powers.lstat(`${directory}/${path}`);
      yield { path, kind: found.kind, size: found.kind === 'file' ? size : 0, mtimeMs };
    }
  }
}

export async function measureDirectory(powers: FsPowers, directory: string): Promise<HeldSpace> {
  const held: HeldSpace = { bytes: 0, files: 0 };
  for await (const { size } of entriesBelow(powers, directory)) {
    held.bytes += size;
    held.files += 1;
  }
  return held;
}
