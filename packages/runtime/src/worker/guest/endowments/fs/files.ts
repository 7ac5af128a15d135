import { encodingOption, option, toFlags, toPath, wrongValue } from './arguments.ts';
import { type Dir, openDirectory } from './dir.ts';
import { FileHandle, fileOfHandle } from './file-handle.ts';
import { openFile } from './open-file.ts';
import { andThen, attempt, resolved } from './promise-chain.ts';
import { readPath, readRest } from './read-whole.ts';
import { writePath, writeToHandle } from './write-whole.ts';

/** Bytes as `Uint8Array` (there is no `Buffer`), or text with an encoding. */
export function readFile(path: unknown, options?: unknown): Promise<Uint8Array | string> {
  return attempt(() => {
    const encoding = encodingOption(options);
    const signal = option(options, 'signal');
    const file = fileOfHandle(path);
    if (file !== undefined) return readRest(file, encoding, signal);
    if (toFlags(option(options, 'flag'), 'r') !== 'r') throw wrongValue('flag', 'only "r" reads a whole file');
    return readPath(toPath(path), encoding, signal);
  });
}

export function writeFile(path: unknown, data: unknown, options?: unknown): Promise<void> {
  return attempt(() => write(path, data, options, 'w'));
}

export function appendFile(path: unknown, data: unknown, options?: unknown): Promise<void> {
  return attempt(() => write(path, data, options, 'a'));
}

function write(path: unknown, data: unknown, options: unknown, fallback: 'w' | 'a'): Promise<void> {
  const writing = { data, encoding: encodingOption(options), signal: option(options, 'signal') };
  const file = fileOfHandle(path);
  if (file !== undefined) return writeToHandle(file, writing);
  return writePath(toPath(path), toFlags(option(options, 'flag'), fallback), writing);
}

/** A mode is ignored: the host decides it. */
export function open(path: unknown, flags?: unknown): Promise<FileHandle> {
  return attempt(() => andThen(openFile(toPath(path), toFlags(flags, 'r')), (file) => resolved(new FileHandle(file))));
}

export function opendir(path: unknown): Promise<Dir> {
  return attempt(() => openDirectory(toPath(path)));
}
