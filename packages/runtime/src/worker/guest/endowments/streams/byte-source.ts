import { type Bytes, copyBytes, lengthOf, partOf } from '../../byte-pieces.ts';
import { MathMin } from '../../primordials.ts';
import { type ByteController, type Stream, webStreams } from './web-streams.ts';

/** What one read is given of content that is in memory. */
const PIECE_BYTES = 65_536;

/** A stream over bytes that nobody changes. Each piece is a copy, because a reader owns what it reads. */
export function streamOfBytes(bytes: Bytes): Stream {
  const length = lengthOf(bytes);
  let at = 0;
  const finishAtEnd = (controller: ByteController): void => {
    if (at === length) webStreams().closeBytes(controller);
  };
  return webStreams().createByteStream({
    type: 'bytes',
    start: finishAtEnd,
    pull: (controller) => {
      const end = MathMin(at + PIECE_BYTES, length);
      webStreams().enqueueBytes(controller, copyBytes(partOf(bytes, at, end)));
      at = end;
      finishAtEnd(controller);
    },
  });
}
