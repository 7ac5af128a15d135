import { SafeWeakMap } from '../../collections.ts';
import { defineValue, isInstance, TypeErrorOf } from '../../primordials.ts';
import type { Stream, WritableStream } from '../streams/web-streams.ts';
import { encodingOption, option, toInteger, toPosition } from './arguments.ts';
import { disposeWith } from './dispose.ts';
import { type Lines, linesOf } from './lines.ts';
import { OpenFile } from './open-file.ts';
import { attempt, resolved } from './promise-chain.ts';
import { type ReadOutcome, readInto } from './read-into.ts';
import { readRest } from './read-whole.ts';
import { scanFile, scanOptions } from './scan.ts';
import type { Stats } from './stats.ts';
import { readableOf, writableTo } from './streams.ts';
import { unavailable } from './unavailable.ts';
import { type WriteOutcome, writeFrom } from './write-from.ts';
import { writeToHandle } from './write-whole.ts';

const files = new SafeWeakMap<object, OpenFile>();

/** The file of a handle; nothing for any other value. */
export function fileOfHandle(value: unknown): OpenFile | undefined {
  return typeof value === 'object' && value !== null ? files.get(value) : undefined;
}

function fileOf(value: unknown): OpenFile {
  const file = fileOfHandle(value);
  if (file === undefined) throw new TypeErrorOf('Cannot use file: this is not a FileHandle');
  return file;
}

/** What `open` gives. It ends with its call; one left open over a file that it replaces leaves that file as it was. */
export class FileHandle {
  constructor(file: unknown) {
    if (!isInstance(OpenFile, file)) throw new TypeErrorOf('Illegal constructor');
    files.set(this, file);
  }

  read(first?: unknown, second?: unknown, third?: unknown, fourth?: unknown): Promise<ReadOutcome> {
    return attempt(() => readInto(fileOf(this), first, second, third, fourth));
  }
  write(data: unknown, second?: unknown, third?: unknown, fourth?: unknown): Promise<WriteOutcome> {
    return attempt(() => writeFrom(fileOf(this), data, second, third, fourth));
  }
  /** From where the last read ended. */
  readFile(options?: unknown): Promise<Uint8Array | string> {
    return attempt(() => readRest(fileOf(this), encodingOption(options), option(options, 'signal')));
  }
  /** From where the last write ended. */
  writeFile(data: unknown, options?: unknown): Promise<void> {
    return writeHandle(this, data, options);
  }
  appendFile(data: unknown, options?: unknown): Promise<void> {
    return writeHandle(this, data, options);
  }
  stat(): Promise<Stats> {
    return attempt(() => fileOf(this).stat());
  }
  truncate(length?: unknown): Promise<void> {
    return attempt(() => fileOf(this).truncate(toInteger('len', length, 0)));
  }
  close(): Promise<void> {
    return attempt(() => fileOf(this).close(false));
  }
  /** Closes the file at its end only with `autoClose`. */
  readableWebStream(options?: unknown): Stream {
    const autoClose = Boolean(option(options, 'autoClose'));
    return readableOf(
      scanFile(() => resolved(fileOf(this)), scanOptions(undefined, autoClose)),
      undefined,
    );
  }
  createReadStream(options?: unknown): Stream {
    return readableOf(
      scanFile(() => resolved(fileOf(this)), scanOptions(options, true)),
      encodingOption(options),
    );
  }
  createWriteStream(options?: unknown): WritableStream {
    const start = toPosition(option(options, 'start'));
    return writableTo(() => resolved(fileOf(this)), encodingOption(options), start);
  }
  readLines(options?: unknown): Lines {
    return linesOf(scanFile(() => resolved(fileOf(this)), scanOptions(options, true)));
  }
}

function writeHandle(handle: FileHandle, data: unknown, options: unknown): Promise<void> {
  return attempt(() => {
    const encoding = encodingOption(options);
    return writeToHandle(fileOf(handle), { data, encoding, signal: option(options, 'signal') });
  });
}

const UNAVAILABLE = ['chmod', 'chown', 'datasync', 'readv', 'sync', 'utimes', 'writev'];
for (let index = 0; index < UNAVAILABLE.length; index += 1) {
  const name = UNAVAILABLE[index] ?? '';
  defineValue(FileHandle.prototype, name, unavailable(name), false);
}
// `await using` closes it.
disposeWith(FileHandle.prototype, FileHandle.prototype.close);
