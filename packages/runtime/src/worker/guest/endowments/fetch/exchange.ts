import type { NetOp } from '../../../../protocol/messages.ts';
import type { ReplyForm } from '../../../guest-wire.ts';
import { encodeBase64 } from '../../base64.ts';
import type { Bytes } from '../../byte-pieces.ts';
import { SafeMap, SafeSet } from '../../collections.ts';
import { NumberOf, PromiseOf } from '../../primordials.ts';
import { cancelRequest, issueRequest, type RequestBody } from '../../requests.ts';
import { abortedReason, onAbort } from '../abort.ts';
import { createFetchError, fromRefusal } from './fetch-error.ts';

type FetchOp = Extract<NetOp, { readonly method: 'fetch' }>;

/** One request and its response on the way through the host. Ends by `finish`, `close` or `fail`, whichever comes first. */
export class Exchange {
  /** Requests to the host without an answer, and how to reject whoever waits for one. */
  readonly #pending = new SafeMap<string, (reason: unknown) => void>();
  readonly #watchers = new SafeSet<(reason: unknown) => void>();
  #stopWatching: () => void = () => undefined;
  /** Id of the request that began it; 0 before that. */
  #id = 0;
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
  send(piece: Bytes, last: boolean): Promise<string> {
    const op = { __proto__: null, family: 'net', method: 'send', exchange: this.#id, last } as const;
    return this.#ask(op, 'none', { encoding: 'base64', text: encodeBase64(piece) });
  }

  /** Base64 of the next piece of the response body; nothing is the end. */
  read(): Promise<string> {
    const op = { __proto__: null, family: 'net', method: 'read', exchange: this.#id } as const;
    return this.#ask(op, 'bytes');
  }

  /** All that is left, as UTF-8 text or as base64. */
  drain(form: 'text' | 'bytes'): Promise<string> {
    const op = { __proto__: null, family: 'net', method: 'drain', exchange: this.#id } as const;
    return this.#ask(op, form);
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
    if (this.#id === 0) return;
    const op = { __proto__: null, family: 'net', method: 'close', exchange: this.#id } as const;
    try {
      issueRequest(op, 'none', { fulfil: () => undefined, refuse: () => undefined });
    } catch {
      // The call is over, and with it the exchange.
    }
  }

  fail(reason: unknown): void {
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
    this.close();
  }

  /** Runs `watch` if the exchange fails before it ends. It may not throw. */
  onFailure(watch: (reason: unknown) => void): void {
    if (!this.#ended) this.#watchers.add(watch);
  }

  #ask(op: NetOp, form: ReplyForm, body?: RequestBody, issued?: (id: string) => void): Promise<string> {
    return new PromiseOf((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure.reason);
        return;
      }
      let id = '';
      const waiter = {
        fulfil: (payload: string): void => {
          this.#pending.delete(id);
          resolve(payload);
        },
        refuse: (code: string, message: string): void => {
          this.#pending.delete(id);
          reject(createFetchError(code, message));
        },
      };
      try {
        id = issueRequest(op, form, waiter, body);
      } catch (refusal) {
        reject(fromRefusal(refusal));
        return;
      }
      this.#pending.set(id, reject);
      issued?.(id);
    });
  }
}
