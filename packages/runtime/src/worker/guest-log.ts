import type { LogLevel } from '../protocol/messages.ts';
import { WIRE_LIMITS } from './guest-wire.ts';
import type { GuestPort } from './isolate-engine.ts';
import { cutUtf8 } from './parse-guest-json.ts';

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/**
 * Log lines within a budget of bytes (RS-083). The line that crosses it still goes out: the host counts the same bytes and
 * ends the call on that line, where a line that was dropped here would leave a flood running until its deadline.
 */
export class GuestLog {
  readonly #port: GuestPort;
  readonly #maxBytes: number;
  #usedBytes = 0;
  #closed = false;

  constructor(port: GuestPort, maxBytes: number) {
    this.#port = port;
    this.#maxBytes = maxBytes;
  }

  /** A new call starts with a full budget. */
  reset(): void {
    this.#usedBytes = 0;
    this.#closed = false;
  }

  write(levelText: string, text: string): void {
    if (this.#closed) return;
    const level = LEVELS.find((known) => known === levelText) ?? 'info';
    const line = cutUtf8(text, WIRE_LIMITS.logLineLength);
    this.#usedBytes += Buffer.byteLength(line, 'utf8');
    this.#closed = this.#usedBytes > this.#maxBytes;
    this.#port.send({ kind: 'log', level, text: line });
  }
}
