import { decodeBase64 } from '../../base64.ts';
import { type Bytes, lengthOf } from '../../byte-pieces.ts';
import { PromiseOf, StringPrototypeCharCodeAt, StringPrototypeSlice } from '../../primordials.ts';
import { andThen, resolved, settle } from '../fs/promise-chain.ts';
import { type ByteController, type Stream, webStreams } from '../streams/web-streams.ts';
import type { Exchange } from './exchange.ts';

const BYTE_ORDER_MARK = 0xfeff;

/** The rest of a response as text: one request, decoded outside of the isolate. */
export function drainText(exchange: Exchange): Promise<string> {
  return andThen(exchange.drainText(), (text) => {
    exchange.finish();
    const marked = StringPrototypeCharCodeAt(text, 0) === BYTE_ORDER_MARK;
    return resolved(marked ? StringPrototypeSlice(text, 1) : text);
  });
}

export function drainBytes(exchange: Exchange): Promise<Bytes> {
  return andThen(exchange.drainBytes(), (bytes) => {
    exchange.finish();
    return resolved(bytes);
  });
}

/** Asks for a piece when somebody waits for one and never ahead, so a slow reader slows the server down. */
export function streamOfExchange(exchange: Exchange): Stream {
  return webStreams().createByteStream({
    type: 'bytes',
    start: (controller) => {
      exchange.onFailure((reason) => webStreams().errorBytes(controller, reason));
    },
    pull: (controller) => pull(exchange, controller),
    cancel: () => exchange.close(),
  });
}

function pull(exchange: Exchange, controller: ByteController): Promise<void> {
  return new PromiseOf((resolve, reject) => {
    settle(
      exchange.read(),
      (base64) => {
        const piece = decodeBase64(base64);
        if (lengthOf(piece) > 0) webStreams().enqueueBytes(controller, piece);
        else {
          exchange.finish();
          webStreams().closeBytes(controller);
        }
        resolve(undefined);
      },
      reject,
    );
  });
}
