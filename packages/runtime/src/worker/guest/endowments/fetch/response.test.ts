import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../fixtures/run-skill.ts';

const refusals = (attempts: string): unknown =>
  evaluate(
    `return [${attempts}].map((attempt) => { try { attempt(); return 'passed'; } catch (error) { return error.name; } });`,
  );

describe('Response', () => {
  it('has the defaults of the standard', () => {
    expect(
      evaluate(
        `const r = new Response(); return [r.type, r.url, r.redirected, r.status, r.ok, r.statusText, [...r.headers], r.body, r.bodyUsed, await r.text(), r.bodyUsed, String(r)];`,
      ),
    ).toEqual(['default', '', false, 200, true, '', [], null, false, '', false, '[object Response]']);
  });

  it('refuses a status, a status text or a body that cannot be', () => {
    expect(
      refusals(`() => new Response('', { status: 199 }), () => new Response('', { status: 600 }), () => new Response('', { status: 'x' }),
      () => new Response('x', { status: 204 }), () => new Response('', { status: 304 }), () => new Response('', { statusText: 'a\\n' }),
      () => new Response('', { statusText: '\\u0100' }), () => new Response('', 1), () => Response.json(undefined), () => Response.json(1n),
      () => Response.redirect('/x'), () => Response.redirect('https://a.b', 200), () => Response.json(1, { status: 205 })`),
    ).toEqual([
      'RangeError',
      'RangeError',
      'RangeError',
      'TypeError',
      'TypeError',
      'TypeError',
      'TypeError',
      'TypeError',
      'TypeError',
      'TypeError',
      'TypeError',
      'RangeError',
      'TypeError',
    ]);
  });

  it('makes errors, redirects and JSON', () => {
    expect(
      evaluate(`const e = Response.error(); const r = Response.redirect('https://a.b/c', 307); const j = Response.json({ a: [1] }, { status: 201, headers: { x: 'y' } });
      const own = Response.json(1, { headers: { 'content-type': 'text/x' } }); const out = [];
      for (const response of [e, r]) { try { response.headers.set('a', 'b'); out.push('changed'); } catch (error) { out.push(error.name); } }
      return [e.type, e.status, e.ok, r.status, [...r.headers], j.status, [...j.headers], await j.json(), own.headers.get('content-type'), ...out];`),
    ).toEqual([
      'error',
      0,
      false,
      307,
      [['location', 'https://a.b/c']],
      201,
      [
        ['content-type', 'application/json'],
        ['x', 'y'],
      ],
      { a: [1] },
      'text/x',
      'TypeError',
      'TypeError',
    ]);
  });

  it('clones until it was read', () => {
    expect(
      evaluate(`const r = new Response('abc', { status: 201 }); const one = r.clone(); const two = one.clone();
      const streamed = new Response(new Blob(['stream']).stream()); const other = streamed.clone();
      const out = [one.status, await r.text(), await one.text(), await two.text(), await streamed.text(), await other.text()];
      try { r.clone(); } catch (error) { out.push(error.name); }
      const locked = new Response('x'); locked.body.getReader();
      try { locked.clone(); } catch (error) { out.push(error.name); } return out;`),
    ).toEqual([201, 'abc', 'abc', 'abc', 'stream', 'stream', 'TypeError', 'TypeError']);
  });
});

describe('the body of a request or response', () => {
  it.each([
    [`'hé'`, 'hé', 'text/plain;charset=UTF-8'],
    ['12', '12', 'text/plain;charset=UTF-8'],
    [`{ toString: () => 'own' }`, 'own', 'text/plain;charset=UTF-8'],
    [`new Uint8Array([0x68, 0x69])`, 'hi', null],
    [`new Uint8Array([1, 0x68, 0x69, 1]).subarray(1, 3)`, 'hi', null],
    [`new DataView(new Uint8Array([0x68]).buffer)`, 'h', null],
    [`new Uint8Array([0x68]).buffer`, 'h', null],
    [`new URLSearchParams({ a: 'b c' })`, 'a=b+c', 'application/x-www-form-urlencoded;charset=UTF-8'],
    [`new Blob(['blob'], { type: 'X/Y' })`, 'blob', 'x/y'],
    [`new Blob(['blob'])`, 'blob', null],
    [`new Blob(['stream']).stream()`, 'stream', null],
  ])('can be %s', (body, text, type) => {
    expect(evaluate(`const r = new Response(${body}); return [await r.text(), r.headers.get('content-type')]`)).toEqual(
      [text, type],
    );
  });

  it('BD-097 is a copy: what a skill writes to its buffer later is not sent', () => {
    expect(
      evaluate(`const b = new Uint8Array([65]); const r = new Response(b); b[0] = 66; return await r.text()`),
    ).toBe('A');
  });

  it('can be read in every form', () => {
    expect(
      evaluate(`const make = () => new Response('{"a":1}', { headers: { 'content-type': 'Text/X; charset=a' } });
      const buffer = await make().arrayBuffer(); const bytes = await make().bytes(); const blob = await make().blob();
      return [await make().json(), buffer instanceof ArrayBuffer, buffer.byteLength, bytes instanceof Uint8Array, bytes[0], blob.type, await blob.text()];`),
    ).toEqual([{ a: 1 }, true, 7, true, 123, 'text/x; charset=a', '{"a":1}']);
  });

  it('leaves out a byte order mark as text and keeps it as bytes', () => {
    expect(
      evaluate(`const make = () => new Response(new Uint8Array([0xef, 0xbb, 0xbf, 0x31])); const text = new Response('\\ufeff2');
      return [await make().text(), await make().json(), (await make().bytes()).length, await text.text()];`),
    ).toEqual(['1', 1, 4, '2']);
  });

  it('can be read once', () => {
    expect(
      evaluate(`const out = [];
      for (const read of [(r) => r.text(), (r) => r.body.getReader(), (r) => r.body.cancel(), (r) => r.body.getReader().read()]) {
        const r = new Response('x'); await read(r); out.push(r.bodyUsed, await r.json().then(() => 'read', (error) => error.name));
      }
      const text = new Response('x'); const first = text.text(); out.push(text.bodyUsed, await text.text().catch((error) => error.name), await first, text.body.locked);
      return out;`),
    ).toEqual([
      true,
      'TypeError',
      false,
      'TypeError',
      true,
      'TypeError',
      true,
      'TypeError',
      true,
      'TypeError',
      'x',
      true,
    ]);
  });

  it('cannot be made from a stream that was read or is locked', () => {
    expect(
      refusals(
        `() => { const s = new ReadableStream(); s.getReader(); new Response(s); }, () => { const s = new ReadableStream(); s.cancel(); new Response(s); }`,
      ),
    ).toEqual(['TypeError', 'TypeError']);
  });

  it('fails when its stream holds anything but Uint8Array, and cancels it', () => {
    expect(
      evaluate(`let cancelled; const make = (chunk) => new Response(new ReadableStream({ start: (c) => c.enqueue(chunk), cancel: (reason) => { cancelled = reason; } }));
      const out = []; for (const chunk of ['x', 1, null, new Uint16Array(1)]) out.push(await make(chunk).text().catch((error) => error === cancelled && error.name));
      out.push(await new Response(new ReadableStream({ start: (c) => c.error(new RangeError('own')) })).bytes().catch((error) => error.message)); return out;`),
    ).toEqual(['TypeError', 'TypeError', 'TypeError', 'TypeError', 'own']);
  });

  it('rejects instead of throwing when called on something else', () => {
    expect(
      evaluate(`const { text, json, formData } = Response.prototype; const out = [];
      for (const read of [text, json, formData]) out.push(await read.call({}).catch((error) => error.name));
      try { Reflect.get(Response.prototype, 'body', {}); } catch (error) { out.push(error.name); } return out;`),
    ).toEqual(['TypeError', 'TypeError', 'TypeError', 'TypeError']);
  });

  it('is one stream, read in pieces that a reader owns', () => {
    expect(
      evaluate(`const r = new Response(new Uint8Array(100_000).fill(7)); const sizes = []; const same = r.body === r.body;
      for await (const piece of r.body) { sizes.push(piece.length); piece.fill(0); } return [same, sizes];`),
    ).toEqual([true, [65_536, 34_464]]);
  });
});
