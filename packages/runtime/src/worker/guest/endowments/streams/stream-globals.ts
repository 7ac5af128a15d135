import type { Endowment } from '../../endowment.ts';
import { defineValue, ReflectDefineProperty } from '../../primordials.ts';
import { TextDecoderStream, TextEncoderStream } from './text-streams.ts';
import { webStreams } from './web-streams.ts';

/** The classes of the Streams Standard that are globals; the library has each under its own name. */
const STREAM_CLASSES = [
  'ByteLengthQueuingStrategy',
  'CountQueuingStrategy',
  'ReadableByteStreamController',
  'ReadableStream',
  'ReadableStreamBYOBReader',
  'ReadableStreamBYOBRequest',
  'ReadableStreamDefaultController',
  'ReadableStreamDefaultReader',
  'TransformStream',
  'TransformStreamDefaultController',
  'WritableStream',
  'WritableStreamDefaultController',
  'WritableStreamDefaultWriter',
] as const;

/** An accessor that gives way to the class when it is first read, so that the library is evaluated only then. */
function defineLazily(name: (typeof STREAM_CLASSES)[number]): void {
  const settle = (value: unknown): void => {
    defineValue(globalThis, name, value, false);
  };
  ReflectDefineProperty(globalThis, name, {
    get: () => {
      const value = webStreams().classes[name];
      settle(value);
      return value;
    },
    set: settle,
    configurable: true,
  });
}

export const streams: Endowment = {
  names: ['TextDecoderStream', 'TextEncoderStream'],
  install: () => {
    for (let index = 0; index < STREAM_CLASSES.length; index += 1) {
      const name = STREAM_CLASSES[index];
      if (name !== undefined) defineLazily(name);
    }
    return { TextDecoderStream, TextEncoderStream };
  },
};
