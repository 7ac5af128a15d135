import type { NetOp } from '../../../../protocol/messages.ts';
import type { ReplyForm } from '../../../guest-wire.ts';
import type { Bytes } from '../../byte-pieces.ts';
import { SafeMap, SafeSet } from '../../collections.ts';
import { NumberOf, PromiseOf, Uint8ArrayOf } from '../../primordials.ts';
import { cancelRequest, issueRequest, type RequestBody } from '../../requests.ts';
import { abortedReason, onAbort } from '../abort.ts';
import { andThen, resolved } from '../fs/promise-chain.ts';
import { createFetchError, fromRefusal } from './fetch-error.ts';

type FetchOp = Extract<NetOp, { readonly method: 'fetch' }>;

/** One request and its response on the way through the host. Ends by `finish`, `close` or `fail`, whichever comes first. */
export class Exchange {
  /** Requests to the host without an answer, and how to reject whoever waits for one. */
  readonly #pending = new SafeMap<string, (reason: unknown) => void>();
  readonly #watchers = new SafeSet<(reason: unknown) => void>();
  #stopWatching: () => void = () => undefined;
  /** Id of the request that began it. */
  #id = 0;
  #answered = false;
  #ended = false;
  #failure: { readonly reason: unknown } | undefined;

  /** @param signal An AbortSignal that has not aborted, or nothing. */
  constructor(signal: unknown) {
    if (signal !== undefined) this.#stopWatching = onAbort(signal, () => this.fail(abortedReason(signal)?.reason));
  }

  /** Answers with the payload of the form `head`. */
  begin(op: FetchOp, body: RequestBody | undefined): Promise<string> {
    return this.#ask(op, 'head', body, (id) => {
      this.#id = NumberOf(id);
    });
  }

  /** Resolves when the host has room for another piece. */
  send(piece: RequestBody, last: boolean): Promise<string> {
    const op = { __proto__: null, family: 'net', method: 'send', exchange: this.#id, last } as const;
    return this.#ask(op, 'none', piece);
  }

  /** Base64 of the next piece of the response body; nothing is the end. */
  read(): Promise<string> {
    const op = { __proto__: null, family: 'net', method: 'read', exchange: this.#id } as const;
    return this.#ask(op, 'bytes');
  }

  /** All that is left, as UTF-8 text. */
  drainText(): Promise<string> {
    return this.#ask(this.#drain(), 'text');
  }

  /** All that is left; decoded here while the rest is still on its way. */
  drainBytes(): Promise<Bytes> {
    let drained: Bytes | undefined;
    const drain = this.#ask(this.#drain(), 'pieces', undefined, undefined, (bytes) => {
      drained = bytes;
    });
    return andThen(drain, () => resolved(drained ?? new Uint8ArrayOf(0)));
  }

  #drain(): NetOp {
    const op = { __proto__: null, family: 'net', method: 'drain', exchange: this.#id } as const;
    return op;
  }

  /** The response is here to its last byte. */
  finish(): void {
    this.#ended = true;
    this.#stopWatching();
    this.#watchers.clear();
  }

  /** Nobody wants the rest. */
  close(): void {
    if (this.#ended) return;
    this.finish();
    this.#tellHost();
  }

  /** Whoever waits for something is told the reason, and so is whoever asks for something later. */
  fail(reason: unknown): void {
    if (this.#ended) return;
    this.#stop(reason);
    this.#tellHost();
  }

  /** Runs `watch` if the exchange fails before it ends. It may not throw. */
  onFailure(watch: (reason: unknown) => void): void {
    if (!this.#ended) this.#watchers.add(watch);
  }

  #stop(reason: unknown): void {
    if (this.#ended) return;
    this.#failure = { reason };
    this.#pending.forEach((reject, id) => {
      cancelRequest(id);
      reject(reason);
    });
    this.#pending.clear();
    this.#watchers.forEach((watch) => {
      watch(reason);
    });
    this.finish();
  }

  /** Before there is an answer, taking back the request was all there was to say. */
  #tellHost(): void {
    if (!this.#answered) return;
    const op = { __proto__: null, family: 'net', method: 'close', exchange: this.#id } as const;
    try {
      issueRequest(op, 'none', { fulfil: () => undefined, refuse: () => undefined });
    } catch {
      // The call is over, and with it the exchange.
    }
  }

  #ask(
    op: NetOp,
    form: ReplyForm,
    body?: RequestBody,
    issued?: (id: string) => void,
    keep?: (bytes: Bytes | undefined) => void,
  ): Promise<string> {
    return new PromiseOf((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure.reason);
        return;
      }
      let id = '';
      const fulfil = (payload: string, bytes: Bytes | undefined): void => {
        this.#pending.delete(id);
        keep?.(bytes);
        if (op.method === 'fetch') this.#answered = true;
        resolve(payload);
      };
      const refuse = (code: string, message: string): void => {
        this.#pending.delete(id);
        const error = createFetchError(code, message);
        reject(error);
        // A piece that is not taken says nothing of the response, which may be on its way.
        if (op.method !== 'send') this.#stop(error);
      };
      try {
        id = issueRequest(op, form, { fulfil, refuse }, body);
      } catch (refusal) {
        reject(fromRefusal(refusal));
        return;
      }
      this.#pending.set(id, reject);
      issued?.(id);
    });
  }
}
