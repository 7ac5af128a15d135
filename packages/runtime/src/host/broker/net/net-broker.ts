import { assertNever } from '@carapace/manifest/base';
import type { NetOp, RequestId } from '../../../protocol/messages.ts';
import type { SecretVault } from '../../../secrets/secret-vault.ts';
import { type EffectAnswer, type EffectBroker, EffectFailure, type EffectRequest } from '../effect.ts';
import { Transport } from './dial/transport.ts';
import { Exchange, type FetchOp } from './exchange/exchange.ts';
import type { NetGrants } from './grants/net-grants.ts';
import type { NetGate } from './net-gate.ts';
import { DEFAULT_NET_LIMITS, type NetLimits, type NetMeter } from './net-limits.ts';
import type { NetPowers } from './net-powers.ts';
import { NetFailure, netRefusal } from './net-refusal.ts';
import type { NetworkPolicy } from './network-policy.ts';
import { HostEgress } from './request/host-egress.ts';
import { HostSpread } from './request/host-spread.ts';
import type { CallIdentity, HopRules } from './request/prepare-hop.ts';

/** What the requests of one call are made with. */
export interface NetBrokerParts {
  readonly identity: CallIdentity;
  /** The called tool's, not the whole skill's. */
  readonly grants: NetGrants;
  readonly policy: NetworkPolicy;
  readonly meter: NetMeter;
  /** One for the runtime. */
  readonly gate: NetGate;
  readonly powers: NetPowers;
  readonly limits?: NetLimits;
  /** Absent when the tool has no secrets and the host holds none. */
  readonly vault?: SecretVault;
}

const TICK_MS = 1_000;
/** Over what a call may receive decoded: headers, framing and TLS. Beyond it somebody sends frames around nothing. */
const WIRE_FACTOR = 2;
const WIRE_SLACK_BYTES = 1024 * 1024;

/** Performs the HTTP requests of one call. Disposing it ends them all, with their connections. */
export function createNetBroker(parts: NetBrokerParts): EffectBroker<NetOp> {
  return new NetBroker(parts);
}

class NetBroker implements EffectBroker<NetOp> {
  readonly #parts: NetBrokerParts;
  readonly #limits: NetLimits;
  readonly #rules: HopRules;
  readonly #exchanges = new Map<RequestId, Exchange>();
  #transport: Transport | undefined;
  #stopTicks: (() => void) | undefined;
  #isClosed = false;

  constructor(parts: NetBrokerParts) {
    const { identity, grants, policy, meter, vault, limits = DEFAULT_NET_LIMITS } = parts;
    this.#parts = parts;
    this.#limits = limits;
    const [spread, egress] = [new HostSpread(limits), new HostEgress(meter, limits)];
    this.#rules = { identity, grants, policy, limits, meter, spread, egress, vault };
  }

  async perform({ id, op, body }: EffectRequest<NetOp>, signal: AbortSignal): Promise<EffectAnswer> {
    if (this.#isClosed) return { kind: 'refused', ...netRefusal('broker-closed') };
    if (op.method === 'fetch') return await this.#fetch(id, op, body, signal);
    const exchange = this.#exchanges.get(op.exchange);
    if (op.method === 'close') {
      exchange?.fail(NetFailure.of('aborted'));
      this.#exchanges.delete(op.exchange);
      return { kind: 'done' };
    }
    if (exchange === undefined) return { kind: 'refused', ...netRefusal('exchange-unknown') };
    return await this.#attempt(exchange, signal, async () => {
      switch (op.method) {
        case 'send':
          await exchange.send(body, op.last);
          return { kind: 'done' };
        case 'read':
          return { kind: 'done', body: await exchange.read() };
        case 'drain':
          return { kind: 'done', body: exchange.drain() };
        default:
          return assertNever(op);
      }
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    this.#stopTicks?.();
    for (const exchange of this.#exchanges.values()) exchange.fail(NetFailure.of('broker-closed'));
    this.#exchanges.clear();
    await this.#transport?.[Symbol.asyncDispose]();
  }

  /** Registered before anything is awaited: pieces of its body may be asked for at once. */
  async #fetch(id: RequestId, op: FetchOp, body: Uint8Array, signal: AbortSignal): Promise<EffectAnswer> {
    const { powers, gate, identity } = this.#parts;
    let leave: (() => void) | undefined;
    const transport = this.#openTransport();
    const onEnd = (): void => leave?.();
    const exchange = new Exchange(op, body, {
      rules: this.#rules,
      transport,
      limits: this.#limits,
      now: powers.now,
      onEnd,
    });
    this.#exchanges.set(id, exchange);
    return await this.#attempt(exchange, signal, async () => {
      leave = await gate.enter({ call: this, skill: identity.skill }, exchange.signal);
      if (exchange.hasEnded) leave?.();
      const { head, inline } = await exchange.fetch();
      return { kind: 'done', value: head, ...(inline === undefined ? {} : { body: inline }), trail: exchange.trail };
    });
  }

  /** Runs one step; the guest's own abort ends the exchange with it. */
  async #attempt(exchange: Exchange, signal: AbortSignal, step: () => Promise<EffectAnswer>): Promise<EffectAnswer> {
    const abort = (): void => exchange.fail(NetFailure.of('aborted'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof EffectFailure)) throw error;
      return { kind: 'refused', ...error.effectRefusal, trail: exchange.trail };
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  #openTransport(): Transport {
    const { powers } = this.#parts;
    this.#transport ??= new Transport(powers, this.#limits);
    this.#stopTicks ??= powers.every(TICK_MS, () => this.#tick());
    return this.#transport;
  }

  #tick(): void {
    for (const exchange of this.#exchanges.values()) exchange.tick();
    const most = this.#parts.meter.limit('bytesIn') * WIRE_FACTOR + WIRE_SLACK_BYTES;
    if ((this.#transport?.bytesRead ?? 0) <= most) return;
    for (const exchange of this.#exchanges.values()) exchange.fail(NetFailure.of('wire-cap'));
  }
}
