import { limitRemedy } from '../../limit-remedy.ts';
import type { NetLimits, NetMeter } from '../net-limits.ts';
import { NetFailure } from '../net-refusal.ts';

/** Books what one call sends: to everybody by the call's budget, to each host by a bound of its own. */
export class HostEgress {
  readonly #meter: NetMeter;
  readonly #limits: NetLimits;
  readonly #sent = new Map<string, number>();

  constructor(meter: NetMeter, limits: NetLimits) {
    this.#meter = meter;
    this.#limits = limits;
  }

  /** @throws NetFailure `budget-bytes-out`, `host-bytes-out`; then nothing may be sent */
  charge(host: string, bytes: number): void {
    const sent = (this.#sent.get(host) ?? 0) + bytes;
    if (sent > this.#limits.maxHostBytesOut) throw NetFailure.of('host-bytes-out');
    if (!this.#meter.charge('bytesOut', bytes)) throw NetFailure.of('budget-bytes-out', limitRemedy('bytesOutKiB'));
    this.#sent.set(host, sent);
  }
}
