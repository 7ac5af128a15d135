import type { ReadableStreamDefaultController } from 'web-streams-polyfill';
import { type Stream, type WritableStream, webStreams } from '../streams/web-streams.ts';
import type { Encoding } from './arguments.ts';
import { bytesToWrite, contentOf, cutBytes, type Piece } from './content.ts';
import type { OpenFile } from './open-file.ts';
import { andThen, resolved } from './promise-chain.ts';
import type { Scan } from './scan.ts';
import { createTextJoiner } from './text-pieces.ts';

/** One piece is read ahead, so that the disk and the skill work at the same time. */
const READ_AHEAD = { highWaterMark: 1 };

/** A web stream of bytes, or of text with an encoding. Nothing is opened twice; the scan ends with the stream. */
export function readableOf(scan: Scan, encoding: Encoding): Stream {
  return encoding === undefined ? bytesOfScan(scan) : textOfScan(scan);
}

function bytesOfScan(scan: Scan): Stream {
  const { ReadableStream } = webStreams().classes;
  return new ReadableStream(
    {
      type: 'bytes',
      pull: (controller) =>
        andThen(scan.next(), (bytes) => {
          if (bytes === undefined) {
            controller.close();
            // Whoever waits with a buffer of their own gets it back empty.
            controller.byobRequest?.respond(0);
          } else controller.enqueue(bytes);
          return resolved(undefined);
        }),
      cancel: () => scan.close(),
    },
    READ_AHEAD,
  );
}

function textOfScan(scan: Scan): Stream {
  const { ReadableStream } = webStreams().classes;
  const toText = createTextJoiner();
  // A stream does not ask again after a pull that gave it nothing, and a piece may hold no more than a part of a character.
  const pull = (controller: ReadableStreamDefaultController<string>): Promise<void> =>
    andThen(scan.next(), (bytes) => {
      const text = toText(bytes);
      if (text !== '') controller.enqueue(text);
      if (bytes === undefined) controller.close();
      return text === '' && bytes !== undefined ? pull(controller) : resolved(undefined);
    });
  return new ReadableStream<string>(
    {
      pull,
      cancel: () => scan.close(),
    },
    READ_AHEAD,
  );
}

/**
 * A web stream that takes text and bytes. Closing it closes the file; aborting it leaves a file that was being replaced as
 * it was.
 */
export function writableTo(
  open: () => Promise<OpenFile>,
  encoding: Encoding,
  start: number | undefined,
): WritableStream {
  const { WritableStream } = webStreams().classes;
  let opened: OpenFile | undefined;
  let position = start;
  return new WritableStream({
    start: () =>
      andThen(open(), (file) => {
        opened = file;
        return resolved(undefined);
      }),
    write: (chunk: unknown) => {
      // A place in the file moves by bytes, and the length of text is known only once it has been encoded.
      const content = position === undefined ? contentOf(chunk, encoding) : cutBytes(bytesToWrite(chunk, encoding));
      const from = position;
      const next = (): Promise<Piece | undefined> => {
        const piece = content.next();
        if (position !== undefined) position += piece?.bytes ?? 0;
        return resolved(piece);
      };
      return opened?.write(next, from, undefined) ?? resolved(undefined);
    },
    close: () => opened?.close(false) ?? resolved(undefined),
    abort: () => opened?.close(true) ?? resolved(undefined),
  });
}
