import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set<string>();

/** A folder for the time of one measurement. */
export async function withTempFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'carapace-bench-'));
  folders.add(folder);
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
    folders.delete(folder);
  }
}

/** For the end of the bench before its time. */
export function removeTempFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
