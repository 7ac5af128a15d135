import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { RuntimeFailure } from '../errors.ts';

/** The one way a skill folder is read: whole regular files, never through a link, never more than a cap. */
export interface LoadPowers {
  /** The file's bytes, or undefined when there is none. Throws ERR_CARAPACE_RUNTIME_LOAD for anything but a regular file. */
  readonly readFile: (path: string, maxBytes: number) => Buffer | undefined;
  readonly realPath: (path: string) => string;
}

export const nodeLoadPowers: LoadPowers = {
  readFile: readRegularFile,
  realPath: (path) => {
    try {
      return realpathSync(path);
    } catch (cause) {
      throw new RuntimeFailure(
        'ERR_CARAPACE_RUNTIME_LOAD',
        `Cannot load skill "${path}": the folder does not exist or cannot be read`,
        { cause },
      );
    }
  },
};

/** O_NONBLOCK: a FIFO in the place of skill.json must not hang the host. The opened file is judged, not its name. */
function readRegularFile(path: string, maxBytes: number): Buffer | undefined {
  const fd = tryOpen(path);
  if (fd === undefined) return undefined;
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw unusable(path, 'not a regular file');
    if (stat.size > maxBytes) throw unusable(path, `${stat.size} bytes, at most ${maxBytes} are read`);
    return readAll(fd, path, maxBytes);
  } finally {
    closeSync(fd);
  }
}

function tryOpen(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw unusable(
      path,
      error instanceof Error && 'code' in error && error.code === 'ELOOP' ? 'it is a link' : 'it cannot be opened',
      error,
    );
  }
}

/** The size that stat reported is a hint: a file that grows while it is read is refused at the cap as well. */
function readAll(fd: number, path: string, maxBytes: number): Buffer {
  const buffer = Buffer.allocUnsafe(maxBytes + 1);
  let filled = 0;
  for (;;) {
    const count = readSync(fd, buffer, filled, buffer.length - filled, null);
    filled += count;
    if (count === 0) return Buffer.from(buffer.subarray(0, filled));
    if (filled > maxBytes) throw unusable(path, `more than ${maxBytes} bytes`);
  }
}

function unusable(path: string, state: string, cause?: unknown): RuntimeFailure {
  return new RuntimeFailure('ERR_CARAPACE_RUNTIME_LOAD', `Cannot read "${path}": ${state}`, { cause });
}
