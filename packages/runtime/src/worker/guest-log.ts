import type { LogLevel } from '../protocol/messages.ts';
import { WIRE_LIMITS } from './guest-wire.ts';
import type { GuestPort } from './isolate-engine.ts';
import { cutUtf8 } from './parse-guest-json.ts';

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
const TRUNCATED = 'Further log lines of this call are dropped: the log limit is spent';

/** Log lines within a budget of bytes; one last line says that it is spent (RS 083). */
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
    if (this.#usedBytes > this.#maxBytes) {
      this.#closed = true;
      this.#port.send({ kind: 'log', level: 'warn', text: TRUNCATED });
      return;
    }
    this.#port.send({ kind: 'log', level, text: line });
  }
}
