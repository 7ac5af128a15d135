import { SecretFailure } from './secret-failure.ts';

/** Shorter values turn up in ordinary text, where redaction would then destroy it, and are guessed. */
const SHORTEST_SECRET = 8;

/** In bytes of UTF-8. Longer values fit into no header. */
export const LONGEST_SECRET_BYTES: number = 8 * 1024;

const NAME = /^[A-Z][A-Z0-9_]{0,63}$/;
// A line break would end a header and begin one of the secret's own; NUL and its kin are refused by every peer.
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** A value in hand. However it is printed, joined or serialised, it only says whose it is. */
export class SecretValue {
  readonly name: string;
  readonly #value: string;

  constructor(name: string, value: string) {
    this.name = name;
    this.#value = value;
    const inspect = Symbol.for('nodejs.util.inspect.custom');
    Object.defineProperty(this, inspect, { value: () => this.toString() });
  }

  /** The value itself. For the broker's last step and the redactor alone. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return `[secret ${this.name}]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [Symbol.toPrimitive](): string {
    return this.toString();
  }
}

/** Tells whether a text can be the name of a secret. */
export function isSecretName(name: string): boolean {
  return NAME.test(name);
}

/** Takes a value in hand. @throws SecretFailure for a name or a value that cannot be used */
export function acceptSecret(name: string, value: unknown): SecretValue {
  const state = isSecretName(name) ? unusable(value) : 'its name is not 1 to 64 of A-Z, 0-9 and "_"';
  if (state !== undefined || typeof value !== 'string')
    throw new SecretFailure('ERR_CARAPACE_SECRET_VALUE', `Cannot use secret "${shownName(name)}": ${state}`);
  return new SecretValue(name, value);
}

function unusable(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'its value is not a text';
  if (value.length < SHORTEST_SECRET) return `its value is shorter than ${SHORTEST_SECRET} characters`;
  if (Buffer.byteLength(value) > LONGEST_SECRET_BYTES) return `its value is longer than ${LONGEST_SECRET_BYTES} bytes`;
  if (CONTROL.test(value)) return 'its value holds control characters';
  if (!value.isWellFormed()) return 'its value is not Unicode text';
  return value.trim() === value ? undefined : 'its value begins or ends with white space';
}

/** A name that is none may be a value in the wrong place. */
function shownName(name: string): string {
  return isSecretName(name) ? name : '?';
}
