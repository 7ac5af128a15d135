import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../fixtures/run-skill.ts';

describe('crypto', () => {
  it('fills integer arrays in place and makes UUIDs', () => {
    expect(
      evaluate(`const b = new Uint8Array(64); const w = new Uint32Array(8); const part = new Uint8Array(64).subarray(8, 16); const big = new BigUint64Array(4);
      const out = [crypto.getRandomValues(b) === b, b.some((x) => x !== 0), crypto.getRandomValues(w).some((x) => x > 255), crypto.getRandomValues(big).some((x) => x > 255n)];
      crypto.getRandomValues(part); const whole = new Uint8Array(part.buffer); out.push(whole.subarray(0, 8).every((x) => x === 0) && whole.subarray(16).every((x) => x === 0));
      out.push(crypto.getRandomValues(new Uint8Array(0)).length, crypto.randomUUID() !== crypto.randomUUID(), crypto.randomUUID().length); return out;`),
    ).toEqual([true, true, true, true, true, 0, true, 36]);
  });

  it.each([
    ['new Float64Array(1)', 'TypeMismatchError'],
    ['new DataView(new ArrayBuffer(1))', 'TypeMismatchError'],
    ['[1]', 'TypeMismatchError'],
    ['new Uint8Array(65537)', 'QuotaExceededError'],
  ])('refuses %s', (value, name) => {
    expect(evaluate(`try { crypto.getRandomValues(${value}); } catch (e) { return e.name; }`)).toBe(name);
  });

  it('digests', () => {
    const hex = (algorithm: string): string => createHash(algorithm).update('abc').digest('hex');
    expect(
      evaluate(`const out = []; for (const a of ['SHA-1', 'sha-256', { name: 'SHA-384' }, 'SHA-512']) out.push(new Uint8Array(await crypto.subtle.digest(a, new TextEncoder().encode('abc'))).toHex());
      out.push(await crypto.subtle.digest('MD5', new Uint8Array(1)).catch((e) => e.name), await crypto.subtle.digest('SHA-1', 'abc').catch((e) => e.name)); return out;`),
    ).toEqual([hex('sha1'), hex('sha256'), hex('sha384'), hex('sha512'), 'NotSupportedError', 'TypeError']);
  });
});

describe('IS-044 clocks', () => {
  it('have whole milliseconds and never run backwards', () => {
    expect(
      evaluate(`let last = 0; const bad = []; for (let i = 0; i < 20000; i += 1) { const now = performance.now(); if (!Number.isInteger(now) || now < last) bad.push(now); last = now; }
      return [bad, Number.isInteger(Date.now()), Number.isInteger(performance.timeOrigin), typeof performance.mark, typeof Temporal];`),
    ).toEqual([[], true, true, 'undefined', 'undefined']);
  });
});
