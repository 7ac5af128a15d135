import type { Socket } from 'node:net';
import type { buildConnector, Dispatcher } from 'undici';
import type { NetLimits } from '../net-limits.ts';
import type { NetPowers } from '../net-powers.ts';
import { NetFailure } from '../net-refusal.ts';
import { toWireFailure } from '../wire/wire-failure.ts';
import { type DialPowers, dial } from './dial.ts';
import { containmentOf, type DialPlan } from './dial-plan.ts';

/** One HTTP/1.1 request, whole and final: what is in here goes onto the wire. */
export interface WireRequest {
  /** Origin of the URL that was judged. */
  readonly origin: string;
  /** Path and query. */
  readonly path: string;
  readonly method: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: Uint8Array | AsyncIterable<Uint8Array> | null;
}

/** The connections of one call. Nothing of them is shared with another call, and nothing is left behind. */
export class Transport implements AsyncDisposable {
  readonly #powers: DialPowers;
  readonly #limits: NetLimits;
  readonly #plans = new Map<string, DialPlan>();
  readonly #addresses = new Map<string, string>();
  readonly #sockets = new Set<Socket>();
  readonly #agent: Dispatcher;
  readonly #ended = new AbortController();
  #closedBytes = 0;

  constructor(powers: NetPowers, limits: NetLimits) {
    this.#powers = powers;
    this.#limits = limits;
    this.#agent = powers.createAgent(limits, (options, callback) => {
      void this.#connect(options).then(
        (socket) => callback(null, socket),
        (error: unknown) => callback(toWireFailure(error), null),
      );
    });
  }

  /** Sends a request to an origin for which `plan` was made. */
  send(request: WireRequest, plan: DialPlan, handler: Dispatcher.DispatchHandler): void {
    this.#plans.set(request.origin, plan);
    const { origin, path, method, headers, body } = request;
    this.#agent.dispatch(
      {
        origin,
        path,
        method,
        headers: [...headers],
        // undici's types forget that it takes any asynchronous iterable of bytes.
        // @ts-expect-error -- see above
        body,
      },
      handler,
    );
  }

  /** How the origin was held: the address dialled last, or the operator's route. */
  containment(origin: string): string | undefined {
    return this.#addresses.get(origin);
  }

  /** Bytes that came over all connections of the call, framing and headers included. */
  get bytesRead(): number {
    let open = 0;
    for (const socket of this.#sockets) open += socket.bytesRead;
    return this.#closedBytes + open;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort();
    await this.#agent.destroy();
    for (const socket of this.#sockets) socket.destroy();
  }

  /** undici asks for a connection by origin. One that no request was judged for is refused, whoever asks. */
  async #connect({ protocol, host }: buildConnector.Options): Promise<Socket> {
    const origin = `${protocol}//${host}`;
    const plan = this.#plans.get(origin);
    if (plan === undefined) throw NetFailure.of('host-not-declared');
    const { socket, address } = await dial(plan, this.#powers, this.#limits, this.#ended.signal);
    this.#addresses.set(origin, containmentOf(plan, address));
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#closedBytes += socket.bytesRead;
    });
    return socket;
  }
}
