import type { NetOp } from '../../../../protocol/messages.ts';
import type { OutboundScan } from '../../../../secrets/secret-vault.ts';
import { type EffectBody, EffectFailure, type EffectTrail } from '../../effect.ts';
import { NetFailure } from '../net-refusal.ts';
import type { Hop, HopBody } from '../redirect/hop.ts';
import { readUrl } from '../request/read-url.ts';
import { checkRequestHeaders } from '../request/request-headers.ts';
import type { TransferState } from '../wire/rate-floor.ts';
import { RateFloor } from '../wire/rate-floor.ts';
import { Upload } from '../wire/upload.ts';
import type { WireResponse } from '../wire/wire-response.ts';
import { ExchangeTrail } from './exchange-trail.ts';
import { type GuestResponse, readResponse } from './response-reader.ts';
import { type ChainParts, sendChain } from './send-chain.ts';

export type FetchOp = Extract<NetOp, { method: 'fetch' }>;

/** What every exchange of a call stands on. */
export interface ExchangeParts extends Pick<ChainParts, 'rules' | 'transport' | 'limits'> {
  readonly now: () => number;
  /** Told once, when nothing of the exchange is under way any more. */
  readonly onEnd: () => void;
}

/** Bytes of a chunk's frame: its length in hexadecimal and two line ends. */
const CHUNK_FRAME_BYTES = 9;
const EMPTY = new Uint8Array(0);
/** What goes into a record as it is; any other method is refused, and may be of any length. */
const VERB = /^[A-Z]{1,16}$/;

/** One `fetch` of a guest, from its request to the last byte of its response. */
export class Exchange {
  readonly #parts: ExchangeParts;
  readonly #op: FetchOp;
  readonly #trail: ExchangeTrail;
  readonly #abort = new AbortController();
  readonly #upload: Upload | undefined;
  readonly #outScan: OutboundScan | undefined;
  readonly #floor: RateFloor;
  #body: Uint8Array;
  #wire: WireResponse | undefined;
  #response: GuestResponse | undefined;
  #isReading = false;
  #hasEnded = false;

  constructor(op: FetchOp, body: Uint8Array, parts: ExchangeParts) {
    const { vault } = parts.rules;
    this.#op = op;
    this.#body = body;
    this.#parts = parts;
    const inlineBytes = body.byteLength;
    this.#trail = new ExchangeTrail(
      VERB.test(op.verb) ? op.verb : '?',
      (text) => vault?.redactText(text) ?? text,
      () => (this.#response?.bytes() ?? 0) + (this.#upload?.sent ?? inlineBytes),
    );
    this.#upload = op.payload === 'stream' ? new Upload() : undefined;
    this.#outScan = op.payload === 'stream' ? vault?.scanOutBody() : undefined;
    this.#floor = new RateFloor(parts.limits, parts.now());
  }

  get trail(): EffectTrail {
    return this.#trail.snapshot;
  }

  /** Whether nothing of it is under way any more. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Aborts when the exchange ends early. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Sends the request, follows its redirects and reads the head of the response. @throws EffectFailure */
  async fetch(): Promise<GuestResponse> {
    const response = await this.#guard(Promise.race([this.#respond(), this.#aborted()]));
    this.#response = response;
    if (response.body === undefined) this.#end();
    return response;
  }

  /** Takes the next piece of the request's body; done when the socket has taken it. @throws EffectFailure */
  async send(piece: Uint8Array, isLast: boolean): Promise<void> {
    const upload = this.#upload;
    if (upload === undefined) throw NetFailure.of('body-not-expected');
    if (!upload.isReady) throw NetFailure.of('exchange-busy');
    await this.#guard(this.#sendPiece(upload, piece, isLast));
  }

  /** The next piece of the response's body; empty at the end. @throws EffectFailure */
  async read(): Promise<Uint8Array> {
    this.#claim();
    try {
      return (await this.#guard(this.#pull())) ?? EMPTY;
    } finally {
      this.#isReading = false;
    }
  }

  /** All that is left of the response's body, as somebody reads it. @throws EffectFailure */
  drain(): EffectBody {
    this.#claim();
    const pieces = this.#pieces();
    return {
      [Symbol.asyncIterator]: () => pieces,
      [Symbol.asyncDispose]: async () => {
        this.fail(NetFailure.of('aborted'));
        await pieces.return(undefined);
      },
    };
  }

  /** Ends it now; does nothing to one that has ended. */
  fail(failure: EffectFailure): void {
    if (this.#hasEnded) return;
    this.#abort.abort(failure);
    this.#upload?.fail(failure);
    this.#wire?.abort(failure);
    this.#end();
  }

  /** To be called about every second. */
  tick(): void {
    if (this.#hasEnded || !this.#floor.isBelow(this.#parts.now(), this.#transfer)) return;
    this.fail(NetFailure.of('rate-floor'));
  }

  async #respond(): Promise<GuestResponse> {
    const { limits, rules, transport } = this.#parts;
    const onWire = (wire: WireResponse): void => {
      this.#wire = wire;
    };
    this.#abort.signal.throwIfAborted();
    const chain = { limits, rules, transport, trail: this.#trail, signal: this.#abort.signal, onWire };
    const end = await sendChain(this.#firstHop(), this.#op.redirect, chain);
    return await readResponse(end, { limits, meter: rules.meter, vault: rules.vault });
  }

  #firstHop(): Hop {
    const { limits } = this.#parts;
    const { verb, headers } = this.#op;
    const url = readUrl(this.#op.url, limits);
    this.#trail.addTarget(url);
    const checked = checkRequestHeaders(headers, limits);
    return { url, verb, headers: checked, body: this.#hopBody(), index: 0, crossOrigin: false };
  }

  #hopBody(): HopBody {
    if (this.#op.payload === 'none') return { kind: 'none' };
    // Fetch standard, new Request, step on GET and HEAD. A server may take such a body for the next request.
    if (this.#op.verb === 'GET' || this.#op.verb === 'HEAD') throw NetFailure.of('body-not-allowed');
    return this.#upload === undefined
      ? { kind: 'inline', bytes: this.#body }
      : { kind: 'stream', upload: this.#upload };
  }

  async #sendPiece(upload: Upload, piece: Uint8Array, isLast: boolean): Promise<void> {
    const refusal = this.#outScan?.push(piece);
    if (refusal !== undefined) throw new NetFailure(refusal);
    const frame = piece.byteLength === 0 ? 0 : CHUNK_FRAME_BYTES;
    this.#parts.rules.egress.charge(URL.parse(this.#op.url)?.host ?? '', piece.byteLength + frame);
    await upload.push(piece, isLast);
  }

  #claim(): void {
    if (this.#isReading || (this.#response === undefined && !this.#hasEnded)) throw NetFailure.of('exchange-busy');
    this.#isReading = true;
  }

  async #pull(): Promise<Uint8Array | undefined> {
    this.#abort.signal.throwIfAborted();
    const piece = await this.#response?.body?.pull();
    if (piece === undefined) this.#end();
    return piece;
  }

  async *#pieces(): AsyncGenerator<Uint8Array, undefined, undefined> {
    try {
      for (;;) {
        const piece = await this.#guard(this.#pull());
        if (piece === undefined) return undefined;
        yield piece;
      }
    } finally {
      this.#isReading = false;
    }
  }

  /** A failure of one step is the failure of the whole exchange. */
  async #guard<Value>(step: Promise<Value>): Promise<Value> {
    try {
      return await step;
    } catch (error) {
      if (error instanceof EffectFailure) this.fail(error);
      throw error;
    }
  }

  async #aborted(): Promise<never> {
    const { signal } = this.#abort;
    signal.throwIfAborted();
    return await new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  }

  get #transfer(): TransferState {
    const awaitsPeer = (this.#wire?.awaitsPeer ?? false) || (this.#upload?.awaitsPeer ?? false);
    return { moved: (this.#wire?.received ?? 0) + (this.#upload?.sent ?? 0), awaitsPeer };
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#response?.dispose();
    // The record of the request may be kept for long, and the exchange with it.
    this.#body = EMPTY;
    this.#wire = undefined;
    this.#parts.onEnd();
  }
}
