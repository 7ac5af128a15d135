import type { Dispatcher } from 'undici';
import type { EffectFailure } from '../../effect.ts';
import type { NetLimits } from '../net-limits.ts';
import { NetFailure } from '../net-refusal.ts';
import { toWireFailure } from './wire-failure.ts';
import { readRawHeaders, type WireHead } from './wire-head.ts';

/** What a queued piece costs beside its bytes: a body of one-byte chunks must not become a million objects. */
const PIECE_COST = 512;

type Controller = Dispatcher.DispatchController;

/**
 * One response as it comes off the wire. The socket is read only as far as somebody pulls: what nobody wants waits in the peer,
 * not in the host's memory. The methods named `on…` are undici's; they never throw.
 */
export class WireResponse implements Dispatcher.DispatchHandler {
  readonly head: Promise<WireHead>;
  readonly #limits: NetLimits;
  readonly #onFailure: (failure: EffectFailure) => void;
  readonly #started = Promise.withResolvers<WireHead>();
  #controller: Controller | undefined;
  #queue: Uint8Array[] = [];
  #cost = 0;
  #received = 0;
  #interim = 0;
  #state: 'pending' | 'open' | 'ended' | 'failed' = 'pending';
  #failure: EffectFailure | undefined;
  #waiting: (() => void)[] = [];

  /** `onFailure` is told once, when the exchange fails or is aborted. */
  constructor(limits: NetLimits, onFailure: (failure: EffectFailure) => void) {
    this.#limits = limits;
    this.#onFailure = onFailure;
    this.head = this.#started.promise;
    // A failure is also told to whoever pulls; nobody may be waiting for the head any more.
    this.head.catch(() => undefined);
  }

  /** Bytes of the body so far, as they were on the wire without their framing. */
  get received(): number {
    return this.#received;
  }

  /** Whether all of the body is here. */
  get isComplete(): boolean {
    return this.#state === 'ended';
  }

  /** Whether it is the peer that is waited for: the body goes on and there is room for it. */
  get awaitsPeer(): boolean {
    return this.#state === 'open' && this.#cost < this.#limits.bufferBytes;
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    if (this.#failure !== undefined) controller.abort(this.#failure);
  }

  onRequestUpgrade(controller: Controller): void {
    controller.abort(NetFailure.of('upgrade-unasked'));
    this.abort(NetFailure.of('upgrade-unasked'));
  }

  onResponseStart(controller: Controller, status: number, _headers: unknown, statusText = ''): void {
    if (status < 200) {
      this.#interim += 1;
      if (this.#interim > this.#limits.maxInterimResponses) this.abort(NetFailure.of('interim-count'));
      return;
    }
    if (this.#state !== 'pending') return;
    this.#state = 'open';
    this.#started.resolve({ status, statusText, headers: readRawHeaders(controller.rawHeaders) });
  }

  onResponseData(controller: Controller, chunk: Uint8Array): void {
    if (this.#state !== 'open') return;
    this.#received += chunk.byteLength;
    this.#queue.push(chunk);
    this.#cost += chunk.byteLength + PIECE_COST;
    if (this.#cost >= this.#limits.bufferBytes) controller.pause();
    this.#wake();
  }

  onResponseEnd(): void {
    if (this.#state !== 'open') return;
    this.#state = 'ended';
    this.#wake();
  }

  onResponseError(_controller: Controller, error: unknown): void {
    if (this.#state !== 'ended' && this.#state !== 'failed') this.#fail(toWireFailure(error));
  }

  /** Ends the exchange with its connection. Does nothing to one that has ended. */
  abort(failure: EffectFailure): void {
    if (this.#state === 'ended' || this.#state === 'failed') return;
    this.#fail(failure);
    this.#controller?.abort(failure);
  }

  /** Nobody wants the body: the connection goes with it, unless all of it is here. */
  dismiss(): void {
    if (this.#state !== 'open') return;
    this.#state = 'ended';
    this.#queue = [];
    this.#controller?.abort(NetFailure.of('aborted'));
    this.#wake();
  }

  /** The next bytes, as many as are here and fit into one piece; undefined at the end. One caller at a time. */
  async pull(): Promise<Uint8Array | undefined> {
    for (;;) {
      if (this.#queue.length > 0) return this.#take();
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#state === 'ended') return undefined;
      await this.#moved();
    }
  }

  /** Resolves when the body has ended or failed, when its buffer is full, or when `signal` says that it takes too long. */
  async whenSettled(signal: AbortSignal): Promise<void> {
    const wake = (): void => this.#wake();
    signal.addEventListener('abort', wake, { once: true });
    while (this.awaitsPeer && !signal.aborted) await this.#moved();
    signal.removeEventListener('abort', wake);
  }

  /** Resolves when something has happened; several may wait. */
  #moved(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #take(): Uint8Array {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for (const piece of this.#queue) {
      if (pieces.length > 0 && length + piece.byteLength > this.#limits.pieceBytes) break;
      pieces.push(piece);
      length += piece.byteLength;
    }
    this.#queue = this.#queue.slice(pieces.length);
    this.#cost -= length + pieces.length * PIECE_COST;
    if (this.#cost < this.#limits.bufferBytes) this.#controller?.resume();
    const [only] = pieces;
    return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces, length);
  }

  #fail(failure: EffectFailure): void {
    this.#state = 'failed';
    this.#failure = failure;
    this.#queue = [];
    this.#cost = 0;
    this.#started.reject(failure);
    this.#wake();
    this.#onFailure(failure);
  }
}
