import { decodeBase64, encodeBase64 } from '../../base64.ts';
import { type Bytes, copyBytes, joinBytes } from '../../byte-pieces.ts';
import { bytesOf } from '../../bytes.ts';
import { append, createList } from '../../collections.ts';
import { PromiseOf, TypedArrayPrototypeGetName, TypeErrorOf, Uint8ArrayOf } from '../../primordials.ts';
import { andThen, resolved, settle } from '../fs/promise-chain.ts';
import { type Stream, webStreams } from '../streams/web-streams.ts';
import { decodeBase64Text, encodeText } from '../text-encoding.ts';
import { type Body, takePayload } from './body.ts';
import { drainBytes, drainText } from './remote-body.ts';

/**
 * The whole content as text, without a byte order mark.
 *
 * @throws {TypeError} at once, when the body has been read already.
 */
export function readText(body: Body): Promise<string> {
  const payload = takePayload(body);
  switch (payload?.kind) {
    case undefined:
      return resolved('');
    case 'text':
      // Text of a skill may begin with a mark too.
      return resolved(decodeBase64Text(encodeBase64(encodeText(payload.text))));
    case 'bytes':
      return resolved(decodeBase64Text(encodeBase64(payload.bytes)));
    case 'base64':
      return resolved(decodeBase64Text(payload.base64));
    case 'remote':
      return drainText(payload.exchange);
    case 'stream':
      return andThen(readAll(payload.stream), (bytes) => resolved(decodeBase64Text(encodeBase64(bytes))));
  }
}

/** The whole content in memory that nobody else has. Throws as above. */
export function readBytes(body: Body): Promise<Bytes> {
  const payload = takePayload(body);
  switch (payload?.kind) {
    case undefined:
      return resolved(new Uint8ArrayOf(0));
    case 'text':
      return resolved(encodeText(payload.text));
    case 'bytes':
      return resolved(copyBytes(payload.bytes));
    case 'base64':
      return resolved(decodeBase64(payload.base64));
    case 'remote':
      return drainBytes(payload.exchange);
    case 'stream':
      return readAll(payload.stream);
  }
}

function readAll(stream: Stream): Promise<Bytes> {
  const { getReader, read, cancel } = webStreams();
  const reader = getReader(stream);
  const pieces = createList<Bytes>();
  return new PromiseOf((resolve, reject) => {
    const turn = (): void =>
      settle(
        read(reader),
        ({ done, value }) => {
          if (done) resolve(joinBytes(pieces));
          else if (!isBytes(value)) {
            const error = notBytes();
            settle(
              cancel(reader, error),
              () => undefined,
              () => undefined,
            );
            reject(error);
          } else {
            append(pieces, copyBytes(bytesOf(value, 'read body')));
            turn();
          }
        },
        reject,
      );
    turn();
  });
}

export function isBytes(value: unknown): boolean {
  return TypedArrayPrototypeGetName(value) === 'Uint8Array';
}

export function notBytes(): TypeError {
  return new TypeErrorOf('Cannot read body: its stream holds something that is not a Uint8Array');
}
