import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHostPattern, matchesHost, parseHostPattern, patternIncludes, readHostPattern } from './host-pattern.ts';
import { registrableDomain } from './public-suffix.ts';

describe('readHostPattern', () => {
  it.each([
    ['api.example.com', 'exact'],
    ['example.com', 'exact'],
    ['*.example.com', 'wildcard'],
    ['*.api.example.co.uk', 'wildcard'],
    ['foo.github.io', 'exact'],
    ['*.foo.github.io', 'wildcard'],
    ['xn--mnchen-3ya.example', 'exact'],
    ['3com.com', 'exact'],
    ['r3---sn.example.com', 'exact'],
  ])('accepts %s', (text, kind) => {
    const reading = readHostPattern(text);
    expect(reading).toMatchObject({ ok: true, pattern: { kind } });
    expect(reading.ok && formatHostPattern(reading.pattern)).toBe(text);
  });

  it.each([
    ['*', 'wildcard-form'],
    ['**.example.com', 'wildcard-form'],
    ['*example.com', 'wildcard-form'],
    ['api.*.com', 'wildcard-form'],
    ['*.*.com', 'wildcard-form'],
    ['*.com', 'public-suffix'],
    ['*.co.uk', 'public-suffix'],
    ['*.github.io', 'public-suffix'],
    ['*.vercel.app', 'public-suffix'],
    ['*.kawasaki.jp', 'public-suffix'],
    ['*.s3.amazonaws.com', 'public-suffix'],
    ['com', 'public-suffix'],
    ['github.io', 'public-suffix'],
    ['.example.com', 'bad-label'],
    ['example..com', 'bad-label'],
    ['*.', 'trailing-dot'],
    ['', 'bad-label'],
    ['-a.example.com', 'bad-label'],
    ['a_b.example.com', 'bad-label'],
    [`${'a'.repeat(64)}.example.com`, 'bad-label'],
    [`${'a.'.repeat(130)}com`, 'bad-label'],
    ['example.com.', 'trailing-dot'],
    ['Example.com', 'upper-case'],
    ['exämple.com', 'not-ascii'],
    ['аpple.com', 'not-ascii'],
    ['example。com', 'not-ascii'],
    ['https://example.com', 'not-bare'],
    ['example.com:443', 'not-bare'],
    ['example.com/path', 'not-bare'],
    ['user@example.com', 'not-bare'],
    ['example.com?x', 'not-bare'],
    ['example.com#x', 'not-bare'],
    ['exa mple.com', 'not-bare'],
    ['a\\b.com', 'not-bare'],
    ['a%2eb.com', 'bad-label'],
    ['127.0.0.1', 'ip-literal'],
    ['127.1', 'ip-literal'],
    ['2130706433', 'ip-literal'],
    ['0x7f000001', 'ip-literal'],
    ['0x7f.1', 'ip-literal'],
    ['0177.0.0.1', 'ip-literal'],
    ['1.2.3.0x', 'ip-literal'],
    ['foo.123', 'ip-literal'],
    ['[::1]', 'ip-literal'],
    ['[::ffff:127.0.0.1]', 'ip-literal'],
    ['*.0.0.1', 'ip-literal'],
    ['localhost', 'local-name'],
    ['a.localhost', 'local-name'],
    ['printer.local', 'local-name'],
    ['metadata.google.internal', 'local-name'],
    ['router.lan', 'local-name'],
    ['nas.home.arpa', 'local-name'],
    ['intranet', 'local-name'],
    ['*.local', 'local-name'],
    ['xn--a.example.com', 'bad-a-label'],
    ['xn--example-.com', 'bad-label'],
    ['xn--abc-.example.com', 'bad-label'],
    ['*.xn--a.com', 'bad-a-label'],
  ])('refuses %s: %s', (text, problem) => {
    expect(readHostPattern(text)).toEqual({ ok: false, problem });
    expect(parseHostPattern(text)).toBeUndefined();
  });
});

describe('matchesHost', () => {
  const wildcard = parseHostPattern('*.example.com');
  const exact = parseHostPattern('example.com');

  it.each([
    ['a.example.com', true],
    ['example.com', false],
    ['a.b.example.com', false],
    ['.example.com', false],
    ['aexample.com', false],
    ['a.example.com.', false],
    ['A.example.com', false],
    ['a.example.com.evil.test', false],
    ['*.example.com', false],
  ])('*.example.com against %s: %s', (host, expected) => {
    expect(wildcard !== undefined && matchesHost(wildcard, host)).toBe(expected);
  });

  it('covers with an exact pattern that host alone', () => {
    expect(exact !== undefined && matchesHost(exact, 'example.com')).toBe(true);
    expect(exact !== undefined && matchesHost(exact, 'www.example.com')).toBe(false);
  });

  it('does not cover a public suffix one label below a registrable domain', () => {
    const amazon = parseHostPattern('*.amazonaws.com');
    expect(amazon).toBeDefined();
    expect(amazon !== undefined && matchesHost(amazon, 's3.amazonaws.com')).toBe(false);
    expect(amazon !== undefined && matchesHost(amazon, 'status.amazonaws.com')).toBe(true);
  });
});

const label = fc.stringMatching(/^[a-z0-9-]{1,6}$/);
const hostText = fc
  .tuple(
    fc.constantFrom('', '*.', '*'),
    fc.array(
      fc.oneof(
        label,
        fc.constantFrom('com', 'co', 'uk', 'github', 'io', '0x7f', '1', '127', 'localhost', 'kawasaki', 'jp'),
      ),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([star, labels]) => star + labels.join('.'));

describe('properties', () => {
  it('no accepted pattern covers an IP address, and its host is what a URL parser makes of it', () => {
    fc.assert(
      fc.property(hostText, (text) => {
        const pattern = parseHostPattern(text);
        if (pattern === undefined) return;
        const host = pattern.kind === 'exact' ? pattern.host : `x.${pattern.suffix}`;
        expect(new URL(`https://${host}/`).hostname).toBe(host);
        expect(host).not.toMatch(/^[\d.]+$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('no accepted wildcard covers hosts of two registrable domains', () => {
    fc.assert(
      fc.property(hostText, fc.array(label, { minLength: 2, maxLength: 8 }), (text, firsts) => {
        const pattern = parseHostPattern(text);
        if (pattern?.kind !== 'wildcard') return;
        const covered = firsts
          .map((first) => `${first}.${pattern.suffix}`)
          .filter((host) => matchesHost(pattern, host));
        expect(new Set(covered.map(registrableDomain)).size).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2_000 },
    );
  });

  it('includes means: every host of the inner is one of the outer', () => {
    fc.assert(
      fc.property(hostText, hostText, label, (left, right, first) => {
        const [outer, inner] = [parseHostPattern(left), parseHostPattern(right)];
        if (outer === undefined || inner === undefined || !patternIncludes(outer, inner)) return;
        const host = inner.kind === 'exact' ? inner.host : `${first}.${inner.suffix}`;
        if (matchesHost(inner, host)) expect(matchesHost(outer, host)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
