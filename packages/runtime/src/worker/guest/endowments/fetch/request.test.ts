import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../fixtures/run-skill.ts';

const refusals = (attempts: string): unknown =>
  evaluate(
    `return [${attempts}].map((attempt) => { try { attempt(); return 'passed'; } catch (error) { return error.name; } });`,
  );

const URL = `'https://a.b/c'`;

describe('Request', () => {
  it('has the defaults of the standard', () => {
    expect(
      evaluate(`const r = new Request(${URL});
      return [r.method, r.url, [...r.headers], r.body, r.bodyUsed, r.redirect, r.mode, r.credentials, r.cache, r.referrer, r.referrerPolicy,
        r.integrity, r.keepalive, r.destination, r.duplex, r.signal.aborted, String(r)];`),
    ).toEqual([
      'GET',
      'https://a.b/c',
      [],
      null,
      false,
      'follow',
      'cors',
      'same-origin',
      'default',
      'about:client',
      '',
      '',
      false,
      '',
      'half',
      false,
      '[object Request]',
    ]);
  });

  it('keeps what it is told, and takes the rest from another request', () => {
    expect(
      evaluate(`const first = new Request(new URL(${URL}), { method: 'patch', redirect: 'manual', mode: 'same-origin', credentials: 'omit', cache: 'no-store',
        referrer: 'https://r.s/', referrerPolicy: 'origin', integrity: 'x', keepalive: 1, headers: { a: 'b' } });
      const r = new Request(first, { cache: 'reload' });
      return [r.method, r.redirect, r.mode, r.credentials, r.cache, r.referrer, r.referrerPolicy, r.integrity, r.keepalive, [...r.headers]];`),
    ).toEqual(['patch', 'manual', 'same-origin', 'omit', 'reload', 'https://r.s/', 'origin', 'x', true, [['a', 'b']]]);
  });

  it.each([
    ['get', 'GET'],
    ['pOsT', 'POST'],
    ['delete', 'DELETE'],
    ['options', 'OPTIONS'],
    ['patch', 'patch'],
    ['Foo', 'Foo'],
  ])('writes the method %s as %s', (given, method) => {
    expect(evaluate(`return new Request(${URL}, { method: '${given}' }).method`)).toBe(method);
  });

  it('refuses methods, URLs and words that the standard refuses', () => {
    expect(
      refusals(
        [
          ...['CONNECT', 'trace', 'Track', 'a b', '', 'é'].map(
            (method) => `() => new Request(${URL}, { method: '${method}' })`,
          ),
          ...['redirect', 'mode', 'credentials', 'cache', 'referrerPolicy', 'duplex'].map(
            (option) => `() => new Request(${URL}, { ${option}: 'other' })`,
          ),
          ...['/relative', 'https://u@a.b', 'https://:p@a.b', '', 'https://'].map(
            (url) => `() => new Request('${url}')`,
          ),
          ...[
            `'x'`,
            '{ signal: {} }',
            `{ referrer: '//' }`,
            `{ cache: 'only-if-cached' }`,
            `{ mode: 'navigate' }`,
            '{ window: {} }',
          ].map((init) => `() => new Request(${URL}, ${init})`),
        ].join(', '),
      ),
    ).toEqual(Array.from({ length: 23 }, () => 'TypeError'));
  });

  it('NP-234 has no body with GET and HEAD', () => {
    expect(
      refusals(`() => new Request(${URL}, { body: 'x' }), () => new Request(${URL}, { method: 'head', body: '' }),
      () => new Request(new Request(${URL}, { method: 'POST', body: 'x' }), { method: 'GET' })`),
    ).toEqual(['TypeError', 'TypeError', 'TypeError']);
  });

  it('takes over the body of another request, which then counts as read', async () => {
    expect(
      evaluate(`const stream = (text) => new Blob([text]).stream();
      const out = [];
      for (const body of ['text', stream('stream')]) {
        const first = new Request(${URL}, { method: 'POST', body, duplex: 'half' });
        const second = new Request(first);
        out.push(first.bodyUsed || first.body.locked, await second.text(), second.bodyUsed);
        try { new Request(first); } catch (error) { out.push(error.name); }
      }
      const kept = new Request(${URL}, { method: 'POST', body: 'kept' });
      out.push(await new Request(kept, { body: 'other' }).text(), await kept.text());
      return out;`),
    ).toEqual([true, 'text', true, 'TypeError', true, 'stream', true, 'TypeError', 'other', 'kept']);
  });

  it('clones with a body for each', () => {
    expect(
      evaluate(`const r = new Request(${URL}, { method: 'PUT', body: 'x', headers: { a: '1' } }); const copy = r.clone(); copy.headers.set('a', '2');
      const out = [await r.text(), await copy.text(), r.headers.get('a'), copy.headers.get('a'), copy.method];
      try { r.clone(); } catch (error) { out.push(error.name); } return out;`),
    ).toEqual(['x', 'x', '1', '2', 'PUT', 'TypeError']);
  });

  it('follows the signal it was given, and so do its copies', () => {
    expect(
      evaluate(`const controller = new AbortController(); const { signal } = controller;
      const r = new Request(${URL}, { signal }); const [own, copy, next, none] = [r.signal, r.clone().signal, new Request(r).signal, new Request(r, { signal: null }).signal];
      controller.abort('why'); const late = new Request(r).signal;
      return [own === signal, own === r.signal, own.reason, copy.reason, next.reason, none.aborted, late.reason];`),
    ).toEqual([false, true, 'why', 'why', 'why', false, 'why']);
  });

  it('BD-101 reads each known option once and no other', () => {
    expect(
      evaluate(`const read = [];
      const init = new Proxy({ method: 'POST', body: 'x', headers: { a: 'b' } }, { get: (target, key) => { read.push(String(key)); return target[key]; },
        has: () => { throw new Error('has'); }, ownKeys: () => { throw new Error('ownKeys'); } });
      new Request(${URL}, init); return read.sort();`),
    ).toEqual([
      'body',
      'cache',
      'credentials',
      'duplex',
      'headers',
      'integrity',
      'keepalive',
      'method',
      'mode',
      'redirect',
      'referrer',
      'referrerPolicy',
      'signal',
      'window',
    ]);
  });

  it('BD-101 takes nothing from a member that is called __proto__', () => {
    expect(
      evaluate(
        `const r = new Request(${URL}, JSON.parse('{"__proto__":{"headers":{"x-evil":"1"},"method":"PUT"}}')); return [r.method, [...r.headers]];`,
      ),
    ).toEqual(['GET', []]);
  });
});
