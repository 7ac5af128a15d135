import { MAX_REQUEST_BODY_BYTES } from '../../../../protocol/messages.ts';
import { decodeBase64, encodeBase64 } from '../../base64.ts';
import { type Bytes, copyBytes, lengthOf, partOf } from '../../byte-pieces.ts';
import { bytesOf } from '../../bytes.ts';
import {
  MathMin,
  MathTrunc,
  StringPrototypeCharCodeAt,
  StringPrototypeSlice,
  Uint8ArrayOf,
} from '../../primordials.ts';
import type { RequestBody } from '../../requests.ts';
import { andThen, rejected, resolved, settle } from '../fs/promise-chain.ts';
import { type Stream, type StreamStep, webStreams } from '../streams/web-streams.ts';
import { type Payload, toStream } from './body.ts';
import type { Exchange } from './exchange.ts';
import { failedBecauseOf } from './fetch-error.ts';
import { isBytes, notBytes } from './read-body.ts';

/** Code units of text that fit into one piece whatever they are: none takes more than three bytes of UTF-8. */
const MAX_PIECE_LENGTH = MathTrunc(MAX_REQUEST_BODY_BYTES / 3);
const NOTHING = new Uint8ArrayOf(0);

/** How the body of a request leaves the isolate. */
export type Upload =
  | { readonly kind: 'none' }
  /** Together with the request. */
  | { readonly kind: 'inline'; readonly body: RequestBody }
  /** Piece after piece. */
  | { readonly kind: 'stream'; readonly source: PieceSource };

export interface Piece {
  readonly body: RequestBody;
  readonly last: boolean;
}

export interface PieceSource {
  next(): Promise<Piece>;
  /** Nobody takes any more. */
  cancel(reason: unknown): void;
}

export function planUpload(payload: Payload | undefined): Upload {
  switch (payload?.kind) {
    case undefined:
      return { kind: 'none' };
    case 'text':
      return planText(payload.text);
    case 'bytes':
      return planBytes(payload.bytes);
    case 'base64':
      return planBytes(decodeBase64(payload.base64));
    case 'remote':
    case 'stream':
      return { kind: 'stream', source: piecesOfStream(toStream(payload)) };
  }
}

function planText(text: string): Upload {
  if (text.length > MAX_PIECE_LENGTH) return { kind: 'stream', source: piecesOfText(text) };
  return { kind: 'inline', body: { encoding: 'utf8', text } };
}

function planBytes(bytes: Bytes): Upload {
  if (lengthOf(bytes) > MAX_REQUEST_BODY_BYTES) return { kind: 'stream', source: piecesOfBytes(bytes) };
  return { kind: 'inline', body: toBody(bytes) };
}

function toBody(bytes: Bytes): RequestBody {
  return { encoding: 'base64', text: encodeBase64(bytes) };
}

/** @param text Without lone surrogates; a pair is not cut either, because its halves would be encoded as something else. */
function piecesOfText(text: string): PieceSource {
  let at = 0;
  return {
    next: () => {
      let end = MathMin(at + MAX_PIECE_LENGTH, text.length);
      const last = StringPrototypeCharCodeAt(text, end - 1);
      if (end < text.length && last >= 0xd800 && last <= 0xdbff) end -= 1;
      const piece = StringPrototypeSlice(text, at, end);
      at = end;
      return resolved({ body: { encoding: 'utf8', text: piece } as const, last: end === text.length });
    },
    cancel: () => undefined,
  };
}

function piecesOfBytes(bytes: Bytes): PieceSource {
  const length = lengthOf(bytes);
  let at = 0;
  return {
    next: () => {
      const end = MathMin(at + MAX_REQUEST_BODY_BYTES, length);
      const body = toBody(partOf(bytes, at, end));
      at = end;
      return resolved({ body, last: end === length });
    },
    cancel: () => undefined,
  };
}

/** A chunk may be larger than a piece. */
function piecesOfStream(stream: Stream): PieceSource {
  const { getReader, read, cancel } = webStreams();
  const reader = getReader(stream);
  let rest: Bytes = NOTHING;
  const cut = (): Piece => {
    const length = lengthOf(rest);
    const end = MathMin(length, MAX_REQUEST_BODY_BYTES);
    const bytes = partOf(rest, 0, end);
    rest = partOf(rest, end, length);
    return { body: toBody(bytes), last: false };
  };
  const accept = ({ done, value }: StreamStep): Promise<Piece> => {
    if (done) return resolved({ body: toBody(NOTHING), last: true });
    if (!isBytes(value)) return rejected(notBytes());
    // The stream's owner may write to its chunk again.
    rest = copyBytes(bytesOf(value, 'send body'));
    return lengthOf(rest) === 0 ? andThen(read(reader), accept) : resolved(cut());
  };
  return {
    next: () => (lengthOf(rest) > 0 ? resolved(cut()) : andThen(read(reader), accept)),
    cancel: (reason) =>
      settle(
        cancel(reader, reason),
        () => undefined,
        () => undefined,
      ),
  };
}

/** Sends piece after piece, each when the host has taken the one before. */
export function sendPieces(exchange: Exchange, source: PieceSource): void {
  exchange.onFailure((reason) => source.cancel(reason));
  const turn = (): void =>
    settle(
      source.next(),
      ({ body, last }) => {
        settle(
          exchange.send(body, last),
          () => {
            if (!last) turn();
          },
          // What became of the request is said in the answer to it.
          (reason) => source.cancel(reason),
        );
      },
      (error) => {
        source.cancel(error);
        exchange.fail(failedBecauseOf(error));
      },
    );
  turn();
}
