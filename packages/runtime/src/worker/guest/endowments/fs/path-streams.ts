import type { Stream, WritableStream } from '../streams/web-streams.ts';
import { encodingOption, option, toFlags, toPath, toPosition } from './arguments.ts';
import { openFile } from './open-file.ts';
import { scanFile, scanOptions } from './scan.ts';
import { readableOf, writableTo } from './streams.ts';

/** A web stream of the file's bytes, or of its text with an encoding. Async iterable, as Node's stream is. */
export function createReadStream(path: unknown, options?: unknown): Stream {
  const target = toPath(path);
  const encoding = encodingOption(options);
  return readableOf(
    scanFile(() => openFile(target, 'r'), scanOptions(options, true)),
    encoding,
  );
}

/** A web stream that takes text and bytes. The file is complete once the stream has been closed. */
export function createWriteStream(path: unknown, options?: unknown): WritableStream {
  const target = toPath(path);
  const flags = toFlags(option(options, 'flags'), 'w');
  const start = toPosition(option(options, 'start'));
  return writableTo(() => openFile(target, flags), encodingOption(options), start);
}
