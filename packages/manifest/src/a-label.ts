// Parameters of RFC 3492, section 5.
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_N = 128;
const FIRST_BIAS = 72;
const LAST_CODE_POINT = 0x10ffff;

/**
 * Decodes an A-label (`xn--…`, RFC 5890) to the letters it stands for. Undefined when it is not one: broken punycode, a
 * label that needs no encoding, or one that holds upper case, controls, unassigned or unnormalised characters. URL parsers
 * let such labels pass, and what a person is shown would not be what is looked up.
 */
export function decodeALabel(label: string): string | undefined {
  if (!label.startsWith('xn--')) return undefined;
  const decoded = decodePunycode(label.slice(4));
  if (decoded === undefined || /^\p{ASCII}*$/u.test(decoded)) return undefined;
  const plain = decoded === decoded.normalize('NFC') && decoded === decoded.toLowerCase();
  return plain && !/[\p{C}\p{Z}]/u.test(decoded) ? decoded : undefined;
}

/** RFC 3492, section 6.2, with the overflow checks of section 6.4. */
function decodePunycode(input: string): string | undefined {
  const split = input.lastIndexOf('-');
  const output = Array.from(input.slice(0, Math.max(0, split)), (character) => character.charCodeAt(0));
  let at = split < 0 ? 0 : split + 1;
  let n = FIRST_N;
  let i = 0;
  let bias = FIRST_BIAS;
  while (at < input.length) {
    const read = readInteger(input, at, bias);
    if (read === undefined) return undefined;
    const length = output.length + 1;
    bias = adapt(read.value, length, i === 0 && n === FIRST_N && at === split + 1);
    at = read.next;
    i += read.value;
    n += Math.floor(i / length);
    if (n > LAST_CODE_POINT || (n >= 0xd800 && n <= 0xdfff)) return undefined;
    i %= length;
    output.splice(i, 0, n);
    i += 1;
  }
  return String.fromCodePoint(...output);
}

function readInteger(
  input: string,
  start: number,
  bias: number,
): { readonly value: number; readonly next: number } | undefined {
  let value = 0;
  let weight = 1;
  let at = start;
  for (let k = BASE; ; k += BASE) {
    const digit = digitValue(input.charCodeAt(at));
    at += 1;
    if (digit === undefined) return undefined;
    value += digit * weight;
    if (!Number.isSafeInteger(value)) return undefined;
    const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
    if (digit < threshold) return { value, next: at };
    weight *= BASE - threshold;
  }
}

/** `a` to `z` are 0 to 25, `0` to `9` are 26 to 35; NaN, the code beyond the end, is no digit. */
function digitValue(code: number): number | undefined {
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  return code >= 0x30 && code <= 0x39 ? code - 0x30 + 26 : undefined;
}

/** RFC 3492, section 6.1. */
function adapt(delta: number, length: number, first: boolean): number {
  let rest = first ? Math.floor(delta / DAMP) : Math.floor(delta / 2);
  rest += Math.floor(rest / length);
  let k = 0;
  while (rest > ((BASE - T_MIN) * T_MAX) / 2) {
    rest = Math.floor(rest / (BASE - T_MIN));
    k += BASE;
  }
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
