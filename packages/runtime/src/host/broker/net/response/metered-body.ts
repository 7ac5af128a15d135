import type { InboundScan } from '../../../../secrets/secret-vault.ts';
import { limitRemedy } from '../../limit-remedy.ts';
import type { NetMeter } from '../net-limits.ts';
import { NetFailure } from '../net-refusal.ts';
import type { BodySource } from './body-source.ts';

/** Charges decoded bytes as they are made, and takes secrets out that a server sends back. */
export class MeteredBody implements BodySource {
  readonly #source: BodySource;
  readonly #meter: NetMeter;
  readonly #scan: InboundScan | undefined;
  readonly #pieceBytes: number;
  #returned: Uint8Array[] = [];
  #hasEnded = false;
  #bytes = 0;

  constructor(source: BodySource, meter: NetMeter, pieceBytes: number, scan: InboundScan | undefined) {
    this.#source = source;
    this.#meter = meter;
    this.#scan = scan;
    this.#pieceBytes = pieceBytes;
  }

  /** Decoded bytes so far. */
  get bytes(): number {
    return this.#bytes;
  }

  async pull(): Promise<Uint8Array | undefined> {
    for (;;) {
      const piece = this.#returned.shift() ?? (await this.#next());
      if (piece === undefined) return undefined;
      if (piece.byteLength > this.#pieceBytes) this.#returned.unshift(piece.subarray(this.#pieceBytes));
      if (piece.byteLength > 0) return piece.subarray(0, this.#pieceBytes);
    }
  }

  /** Gives pieces back that were pulled too early; they come first in the next pulls. */
  unread(pieces: readonly Uint8Array[]): void {
    this.#returned = [...pieces, ...this.#returned];
  }

  async #next(): Promise<Uint8Array | undefined> {
    if (this.#hasEnded) return undefined;
    const piece = await this.#source.pull();
    if (piece === undefined) {
      this.#hasEnded = true;
      return this.#scan?.end();
    }
    this.#bytes += piece.byteLength;
    if (!this.#meter.charge('bytesIn', piece.byteLength))
      throw NetFailure.of('budget-bytes-in', limitRemedy('bytesInMiB'));
    return this.#scan === undefined ? piece : this.#scan.transform(piece);
  }
}
