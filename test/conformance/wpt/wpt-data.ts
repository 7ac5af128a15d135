import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the data files of web-platform-tests are. They are not part of this repository. */
export const WPT_FOLDER: string =
  process.env['CARAPACE_WPT_DIR'] ?? fileURLToPath(new URL('../../../../shared/wpt', import.meta.url));

/** Data that is there in part counts as missing. */
export function hasWptData(files: readonly string[]): boolean {
  return files.every((file) => existsSync(join(WPT_FOLDER, file)));
}

/** The content of one file. Strings between the cases of a list are remarks. */
export function readWptData(file: string): unknown {
  return JSON.parse(readFileSync(join(WPT_FOLDER, file), 'utf8'));
}

/** The cases of a file that is one list. */
export function readWptCases(file: string): readonly object[] {
  const content = readWptData(file);
  if (!Array.isArray(content)) throw new Error(`Cannot read "${file}": it is not a list`);
  return content.filter((item) => typeof item === 'object' && item !== null);
}
