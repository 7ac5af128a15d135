import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor, type LiveRedactor } from './redactor.ts';

const SECRET = 'Zq7+x/Kp"9<&m 3é😀W\\e';

function redactorFor(...secrets: readonly (readonly [string, string])[]): LiveRedactor {
  const redactor = createRedactor();
  redactor.lookFor(secrets);
  return redactor;
}

function inPieces(redactor: LiveRedactor, pieces: readonly Uint8Array[]): string {
  const scan = redactor.stream();
  return Buffer.concat([...pieces.map((piece) => scan.transform(piece)), scan.end()]).toString('utf8');
}

const hex = (value: string): string => Buffer.from(value, 'utf8').toString('hex');
const units = (value: string): readonly string[] =>
  Array.from({ length: value.length }, (_, at) => value.charCodeAt(at).toString(16).padStart(4, '0'));
const base64 = (value: string, before: number): string =>
  Buffer.from(`${'-'.repeat(before)}${value}??`).toString('base64');
const wrapped = (text: string, width: number): string => text.replaceAll(new RegExp(`(.{${width}})`, 'gu'), '$1\r\n');

/** The documented list: every way to write a secret that is looked for. */
const ENCODINGS: Readonly<Record<string, (value: string) => string>> = {
  raw: (value) => value,
  'lower case': (value) => value.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()),
  reversed: (value) => Array.from(value).toReversed().join(''),
  'hex, lower case': hex,
  'hex, upper case': (value) => hex(value).toUpperCase(),
  'percent, where needed': (value) => encodeURIComponent(value),
  'percent, lower case': (value) => encodeURIComponent(value).replaceAll(/%../g, (text) => text.toLowerCase()),
  'percent, every byte': (value) => hex(value).replaceAll(/../g, '%$&'),
  form: (value) => encodeURIComponent(value).replaceAll('%20', '+'),
  'JSON, where needed': (value) => JSON.stringify(value).slice(1, -1),
  'JSON, with slashes': (value) => JSON.stringify(value).slice(1, -1).replaceAll('/', '\\/'),
  'JSON, every unit': (value) =>
    units(value)
      .map((unit) => `\\u${unit}`)
      .join(''),
  'JSON, every unit, upper case': (value) =>
    units(value)
      .map((unit) => `\\u${unit.toUpperCase()}`)
      .join(''),
  'JavaScript \\x': (value) => hex(value).replaceAll(/../g, '\\x$&'),
  'HTML names': (value) =>
    value.replaceAll(/[&<>"]/g, (sign) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[sign]};`),
  'HTML, decimal': (value) =>
    Array.from(value)
      .map((sign) => `&#${sign.codePointAt(0)};`)
      .join(''),
  'HTML, hex': (value) =>
    Array.from(value)
      .map((sign) => `&#x${sign.codePointAt(0)?.toString(16)};`)
      .join(''),
  'HTML, hex, upper case': (value) =>
    Array.from(value)
      .map((sign) => `&#X${sign.codePointAt(0)?.toString(16).toUpperCase()};`)
      .join(''),
  'base64, first place': (value) => base64(value, 0),
  'base64, second place': (value) => base64(value, 1),
  'base64, third place': (value) => base64(value, 2),
  base64url: (value) => base64(value, 1).replaceAll('+', '-').replaceAll('/', '_'),
  'base64, wrapped': (value) => wrapped(base64(value, 2), 5),
  'base64, wrapped, in JSON': (value) => wrapped(base64(value, 2), 5).replaceAll('\r\n', '\\n').replaceAll('/', '\\/'),
  'base64, in a URL': (value) => encodeURIComponent(base64(value, 0)),
  'line breaks': (value) => wrapped(value, 3),
};

describe('the redactor', () => {
  it.each(Object.entries(ENCODINGS))('finds a secret at every split: %s', (_name, encode) => {
    const redactor = redactorFor(['KEY', SECRET]);
    const bytes = Buffer.from(`before ${encode(SECRET)} after`, 'utf8');
    const whole = inPieces(redactor, [bytes]);
    expect(whole).toMatch(/^before [-\w]{0,4}\[redacted:KEY\][-+/\\\w=%\s]{0,12} after$/);
    for (let at = 0; at <= bytes.length; at++)
      expect(inPieces(redactor, [bytes.subarray(0, at), bytes.subarray(at)])).toBe(whole);
    expect(
      inPieces(
        redactor,
        [...bytes].map((byte) => Uint8Array.of(byte)),
      ),
    ).toBe(whole);
    expect(redactor.contains(bytes)).toBe(true);
  });

  it('finds every secret in every encoding at every split', () => {
    const secrets = fc.string({
      unit: fc.constantFrom(...Array.from('abAB01 +/%&\\"<;:u#xé😀')),
      minLength: 8,
      maxLength: 24,
    });
    const text = fc.string({ unit: fc.constantFrom(...Array.from('abAB01 %&\\";:u#\n\r')), maxLength: 12 });
    const property = fc.property(
      secrets.filter((value) => /[^ ]{4}/.test(value)),
      fc.constantFrom(...Object.values(ENCODINGS)),
      text,
      text,
      (value, encode, before, after) => {
        const redactor = redactorFor(['KEY', value]);
        // A space keeps what stands before from being read as the beginning of an escape.
        const bytes = Buffer.from(`${before}   .  ${encode(value)}  .  ${after}`, 'utf8');
        const whole = inPieces(redactor, [bytes]);
        if (!whole.includes('[redacted:KEY]')) return false;
        for (let at = 0; at <= bytes.length; at++) {
          if (inPieces(redactor, [bytes.subarray(0, at), bytes.subarray(at)]) !== whole) return false;
        }
        return (
          inPieces(
            redactor,
            [...bytes].map((byte) => Uint8Array.of(byte)),
          ) === whole
        );
      },
    );
    fc.assert(property, { numRuns: 400 });
  });

  it('leaves everything else as it is, however it is cut', () => {
    const redactor = redactorFor(['KEY', SECRET], ['OTHER', 'hunter2-hunter2']);
    const property = fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 }), (pieces) => {
      const scan = redactor.stream();
      const out = Buffer.concat([...pieces.map((piece) => scan.transform(piece)), scan.end()]);
      return out.equals(Buffer.concat(pieces));
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('marks each of several secrets with its name', () => {
    const redactor = redactorFor(['ONE', 'first-secret'], ['TWO', 'other-secret']);
    expect(redactor.redactText('a first-secret b other-secret c first-secret')).toEqual({
      text: 'a [redacted:ONE] b [redacted:TWO] c [redacted:ONE]',
      count: 3,
    });
  });

  it('knows a secret that begins with another one from that one, also when it is cut there', () => {
    const redactor = redactorFor(['SHORT', 'password1'], ['LONG', 'password123456']);
    const text = 'x password1 y password123456 z password12 w';
    const expected = 'x [redacted:SHORT] y [redacted:LONG] z [redacted:SHORT]2 w';
    for (let at = 0; at <= text.length; at++)
      expect(inPieces(redactor, [Buffer.from(text.slice(0, at)), Buffer.from(text.slice(at))])).toBe(expected);
  });

  it('finds a secret where a longer one that holds it breaks off', () => {
    const redactor = redactorFor(['OUTER', '--inner-secret--0123'], ['INNER', 'inner-secret']);
    expect(redactor.redactText('--inner-secret--0124').text).toBe('--[redacted:INNER]--0124');
    expect(redactor.redactText('--inner-secret--0123').text).toBe('[redacted:OUTER]');
  });

  it('covers secrets that overlap, and runs of one that overlaps itself, without holding them back', () => {
    expect(redactorFor(['A', 'abcdefghij'], ['B', 'ghijklmnop']).redactText('-abcdefghijklmnop-').text).toBe(
      '-[redacted:A]-',
    );
    const scan = redactorFor(['A', 'aaaaaaaa']).stream();
    let out = '';
    for (let round = 0; round < 100; round++) {
      const given = scan.transform(Buffer.from('a'.repeat(100)));
      out += Buffer.from(given).toString();
    }
    out += Buffer.from(scan.end()).toString();
    expect(out).toBe('[redacted:A]');
  });

  it('takes metacharacters, quotes and high characters for what they are', () => {
    for (const value of [
      '.*+?^$()|{}[]\\',
      '"quoted" \'text\'',
      '<script>&amp;',
      '100%25%zz',
      '\\u0041\\x41',
      'ÄÖÜäöüß€',
    ]) {
      const redactor = redactorFor(['KEY', value]);
      expect(redactor.redactText(`say ${value}!`)).toEqual({ text: 'say [redacted:KEY]!', count: 1 });
      expect(redactor.redactText('nothing here, 100%25 &amp; \\u0041')).toMatchObject({ count: 0 });
    }
  });

  it('finds the halves of a value with a colon', () => {
    const redactor = redactorFor(['AWS', 'AKIDEXAMPLEAKIDEX:wJalrXUtnFEMIK7MDENG+bPxRfiCYEXAMPLEKEY']);
    expect(redactor.redactText('key wJalrXUtnFEMIK7MDENG+bPxRfiCYEXAMPLEKEY').text).toBe('key [redacted:AWS]');
  });

  it('is not slowed down by a flood that nearly matches, and does not hold a flood of line breaks back', () => {
    const redactor = redactorFor(['KEY', `${'a'.repeat(8000)}b`]);
    const scan = redactor.stream();
    let given = 0;
    for (let round = 0; round < 20; round++) given += scan.transform(Buffer.alloc(65_536, 'a')).length;
    expect(given).toBeGreaterThan(19 * 65_536);
    const other = redactorFor(['KEY', 'abcdefghij']).stream();
    other.transform(Buffer.from('abc'));
    expect(other.transform(Buffer.alloc(1000, '\n')).length).toBe(1003);
  });

  it('passes everything through untouched and uncopied without secrets', () => {
    const redactor = createRedactor();
    const bytes = Buffer.from('anything');
    expect(redactor.stream().transform(bytes)).toBe(bytes);
    expect(redactor.redactText('anything')).toEqual({ text: 'anything', count: 0 });
    expect(redactor.contains(bytes)).toBe(false);
  });

  it('looks for a secret that comes into use during a stream', () => {
    const redactor = redactorFor(['OLD', 'old-secret-value']);
    const scan = redactor.stream();
    const before = scan.transform(Buffer.from('old-secret-value new-sec'));
    redactor.lookFor([
      ['OLD', 'old-secret-value'],
      ['NEW', 'new-secret-value'],
    ]);
    const after = [scan.transform(Buffer.from(' new-secret-value old-secret-value ')), scan.end()];
    expect(Buffer.concat([before, ...after]).toString()).toBe('[redacted:OLD] new-sec [redacted:NEW] [redacted:OLD] ');
    expect(scan.count()).toBe(3);
  });
});
