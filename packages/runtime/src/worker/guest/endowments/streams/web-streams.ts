import type {
  ReadableByteStreamController,
  ReadableStream,
  ReadableStreamBYOBRequest,
  ReadableStreamDefaultReader,
  Transformer,
  TransformStream,
  TransformStreamDefaultController,
  UnderlyingByteSource,
  WritableStream,
} from 'web-streams-polyfill';
import { isInstance, ReflectGet, uncurryGetter, uncurryThis } from '../../primordials.ts';

type Ponyfill = typeof import('web-streams-polyfill');

/** How the bundler is told to evaluate a module where it is first needed and not where the platform starts. */
declare function require(name: 'web-streams-polyfill'): Ponyfill;

export type Stream = ReadableStream;
export type StreamReader = ReadableStreamDefaultReader;
export type Transform = TransformStream<unknown, unknown>;
export type TransformController = TransformStreamDefaultController<unknown>;
export type ByteController = ReadableByteStreamController;
export type { WritableStream };
/** One step of a reader. */
export type StreamStep = { readonly done: boolean; readonly value?: unknown };

/**
 * Streams Standard, by web-streams-polyfill. Each method is taken when the library is evaluated, so a skill that replaces
 * it later changes its own calls only.
 */
export interface WebStreams {
  readonly classes: Ponyfill;
  createByteStream(source: UnderlyingByteSource): Stream;
  createTransform(transformer: Transformer): Transform;
  isLocked(stream: Stream): boolean;
  getReader(stream: Stream): StreamReader;
  /** The same content through a new stream; the old one is locked. */
  passThrough(stream: Stream): Stream;
  tee(stream: Stream): readonly [Stream, Stream];
  cancelStream(stream: Stream, reason: unknown): Promise<void>;
  read(reader: StreamReader): Promise<StreamStep>;
  cancel(reader: StreamReader, reason: unknown): Promise<void>;
  enqueueBytes(controller: ByteController, bytes: Uint8Array): void;
  closeBytes(controller: ByteController): void;
  errorBytes(controller: ByteController, reason: unknown): void;
  enqueueTransformed(controller: TransformController, chunk: unknown): void;
  readableOf(transform: Transform): Stream;
  writableOf(transform: Transform): WritableStream;
}

let loaded: WebStreams | undefined;

/**
 * Evaluates the library when it is first needed: most calls never touch a stream, and every isolate would pay for it. A skill that
 * has changed the language before that gets streams that are built on its changes; it can harm nobody else with them.
 */
export function webStreams(): WebStreams {
  loaded ??= bindStreams(require('web-streams-polyfill'));
  return loaded;
}

/** A value cannot be a stream while nobody has made one. */
export function isStream(value: unknown): value is Stream {
  return loaded !== undefined && isInstance(loaded.classes.ReadableStream, value);
}

/** Whether anything has been read from the stream or it was cancelled. The library tells only by its own field. */
export function isDisturbed(stream: Stream): boolean {
  return ReflectGet(stream, '_disturbed') === true;
}

function bindStreams(classes: Ponyfill): WebStreams {
  const { ReadableStream, ReadableStreamDefaultReader, ReadableByteStreamController, TransformStream } = classes;
  const pipeThrough: (stream: Stream, transform: Transform) => Stream = uncurryThis(
    ReadableStream.prototype,
    'pipeThrough',
  );
  const closeBytes: (controller: ByteController) => void = uncurryThis(ReadableByteStreamController.prototype, 'close');
  const requestOf: (controller: ByteController) => ReadableStreamBYOBRequest | null = uncurryGetter(
    ReadableByteStreamController.prototype,
    'byobRequest',
  );
  const respond: (request: ReadableStreamBYOBRequest, length: number) => void = uncurryThis(
    classes.ReadableStreamBYOBRequest.prototype,
    'respond',
  );
  return {
    classes,
    // The high water mark of zero asks the source for a piece only when somebody waits for one.
    createByteStream: (source) => new ReadableStream(source, { highWaterMark: 0 }),
    createTransform: (transformer) => new TransformStream(transformer),
    isLocked: uncurryGetter(ReadableStream.prototype, 'locked'),
    getReader: uncurryThis(ReadableStream.prototype, 'getReader'),
    passThrough: (stream) => pipeThrough(stream, new TransformStream()),
    tee: uncurryThis(ReadableStream.prototype, 'tee'),
    cancelStream: uncurryThis(ReadableStream.prototype, 'cancel'),
    read: uncurryThis(ReadableStreamDefaultReader.prototype, 'read'),
    cancel: uncurryThis(ReadableStreamDefaultReader.prototype, 'cancel'),
    enqueueBytes: uncurryThis(ReadableByteStreamController.prototype, 'enqueue'),
    closeBytes: (controller) => {
      closeBytes(controller);
      const request = requestOf(controller);
      // A reader that brought its own buffer waits on until it is told that nothing came.
      if (request !== null) respond(request, 0);
    },
    errorBytes: uncurryThis(ReadableByteStreamController.prototype, 'error'),
    enqueueTransformed: uncurryThis(classes.TransformStreamDefaultController.prototype, 'enqueue'),
    readableOf: uncurryGetter(TransformStream.prototype, 'readable'),
    writableOf: uncurryGetter(TransformStream.prototype, 'writable'),
  };
}
