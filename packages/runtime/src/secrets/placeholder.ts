import { randomBytes } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** What every placeholder begins with, so that people and logs can tell one. */
const PREFIX = 'cps_';

/** 26 characters of 5 bits each. */
const CHARACTERS = 26;

/**
 * A new placeholder: 130 random bits, so that none can be guessed. Lower case and digits alone, so that it means the same in a
 * URL, a host name, a header and JSON, and no encoding of these changes it.
 */
export function newPlaceholder(): string {
  const letters = Array.from(randomBytes(CHARACTERS), (byte) => ALPHABET.charAt(byte & 31));
  return PREFIX + letters.join('');
}
