import { decodeBase64 } from '../../base64.ts';
import type { Bytes } from '../../byte-pieces.ts';
import { SafeWeakMap } from '../../collections.ts';
import { TypeErrorOf, Uint8ArrayOf } from '../../primordials.ts';
import { streamOfBytes } from '../streams/byte-source.ts';
import { isDisturbed, type Stream, webStreams } from '../streams/web-streams.ts';
import { encodeText } from '../text-encoding.ts';
import type { Exchange } from './exchange.ts';
import type { Headers } from './headers.ts';
import { streamOfExchange } from './remote-body.ts';

/** Where the content of a body is. It stays as it came until somebody wants it in another form. */
export type Payload =
  | { readonly kind: 'text'; readonly text: string }
  /** Not to be written to: clones share it. */
  | { readonly kind: 'bytes'; readonly bytes: Bytes }
  | { readonly kind: 'base64'; readonly base64: string }
  /** Still with the host. */
  | { readonly kind: 'remote'; readonly exchange: Exchange }
  | { readonly kind: 'stream'; readonly stream: Stream };

/** The body of a request or response. Changed by this file only. */
export interface Body {
  /** Absent: a null body. */
  payload: Payload | undefined;
  /** Whether the content was taken while it was no stream. */
  taken: boolean;
}

/** What `text()` and the other members of the mixin work on. */
export interface BodyOwner {
  readonly body: Body;
  readonly headers: Headers;
}

const owners = new SafeWeakMap<object, BodyOwner>();

export function setOwner(carrier: object, owner: BodyOwner): void {
  owners.set(carrier, owner);
}

/** @throws {TypeError} for anything but a request or a response. */
export function ownerOf(carrier: unknown): BodyOwner {
  const owner = typeof carrier === 'object' && carrier !== null ? owners.get(carrier) : undefined;
  if (owner === undefined) throw new TypeErrorOf('Illegal invocation');
  return owner;
}

export function createBody(payload: Payload | undefined): Body {
  return { payload, taken: false };
}

export function isUsed({ payload, taken }: Body): boolean {
  return payload?.kind === 'stream' ? isDisturbed(payload.stream) : taken;
}

/** Whether it was read, or somebody else is reading it. */
export function isUnusable(body: Body): boolean {
  const { payload } = body;
  return isUsed(body) || (payload?.kind === 'stream' && webStreams().isLocked(payload.stream));
}

/**
 * Takes the content out; afterwards the body counts as read.
 *
 * @throws {TypeError} when it already does.
 */
export function takePayload(body: Body): Payload | undefined {
  if (isUnusable(body)) throw new TypeErrorOf('Cannot read body: it has been read already or is locked');
  const { payload } = body;
  if (payload !== undefined && payload.kind !== 'stream') body.taken = true;
  return payload;
}

/** The content as a stream, the same one every time; nothing for a null body. */
export function streamOf(body: Body): Stream | null {
  const { payload } = body;
  if (payload === undefined) return null;
  const stream = body.taken ? spentStream() : toStream(payload);
  body.payload = { kind: 'stream', stream };
  return stream;
}

export function toStream(payload: Payload): Stream {
  switch (payload.kind) {
    case 'text':
      return streamOfBytes(encodeText(payload.text));
    case 'bytes':
      return streamOfBytes(payload.bytes);
    case 'base64':
      return streamOfBytes(decodeBase64(payload.base64));
    case 'remote':
      return streamOfExchange(payload.exchange);
    case 'stream':
      return payload.stream;
  }
}

/** A second body with the same content. What is in memory is shared; a stream becomes two. */
export function cloneBody(body: Body): Body {
  if (isUnusable(body)) throw new TypeErrorOf('Cannot clone: the body has been read already or is locked');
  const { payload } = body;
  if (payload === undefined || (payload.kind !== 'remote' && payload.kind !== 'stream')) return createBody(payload);
  const branches = webStreams().tee(toStream(payload));
  body.payload = { kind: 'stream', stream: branches[0] };
  return createBody({ kind: 'stream', stream: branches[1] });
}

/** What is left of a body that was read before anybody asked for its stream: read and locked. */
function spentStream(): Stream {
  const stream = streamOfBytes(new Uint8ArrayOf(0));
  void webStreams().cancel(webStreams().getReader(stream), undefined);
  return stream;
}
