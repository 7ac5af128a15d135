import type { StandardSection } from './section.ts';

const request: StandardSection = {
  title: 'Fetch §5.4 Request',
  cases: {
    'what is not said has a default': `
      const r = new Request('https://a.b/c'); same([r.method, r.url, r.redirect, r.body, r.bodyUsed, [...r.headers]], ['GET', 'https://a.b/c', 'follow', null, false, []]); ok(r.signal instanceof AbortSignal && !r.signal.aborted);`,
    'the URL is parsed; relative, with credentials or broken it is a TypeError': `same(new Request(new URL('HTTPS://A.b/x y')).url, 'https://a.b/x%20y'); for (const url of ['/x', '', 'https://u:p@a.b/', 'https://u@a.b/', '::']) throws(TypeError, () => new Request(url), url);`,
    'the fragment is part of url': `same(new Request('https://a.b/#x').url, 'https://a.b/#x');`,
    'methods: the usual ones are upper case, others stay as they are': `const m = (method) => new Request('https://a.b', { method }).method; same([m('get'), m('Post'), m('put'), m('delete'), m('head'), m('options'), m('patch'), m('CHICKEN')], ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'patch', 'CHICKEN']);`,
    'methods that are no token or forbidden are TypeErrors': `for (const method of ['', 'a b', 'CONNECT', 'trace', 'TRACK', 'é', 'G\\n']) throws(TypeError, () => new Request('https://a.b', { method }), method);`,
    'a body with GET or HEAD is a TypeError': `for (const method of ['GET', 'HEAD']) throws(TypeError, () => new Request('https://a.b', { method, body: 'x' }), method); throws(TypeError, () => new Request('https://a.b', { body: '' }));`,
    'headers and body with its type': `const r = new Request('https://a.b', { method: 'POST', body: 'x', headers: { A: '1' } }); same([...r.headers], [['a', '1'], ['content-type', 'text/plain;charset=UTF-8']]); same(await r.text(), 'x');`,
    'a stream as body needs duplex half': `const body = () => new ReadableStream({ start(c) { c.close(); } }); throws(TypeError, () => new Request('https://a.b', { method: 'POST', body: body() })); same(new Request('https://a.b', { method: 'POST', body: body(), duplex: 'half' }).duplex, 'half');`,
    'from another request: everything is taken, options win': `
      const one = new Request('https://a.b/c', { method: 'POST', body: 'x', headers: { a: '1' }, redirect: 'manual' }); const two = new Request(one, { headers: { b: '2' } });
      same([two.method, two.url, two.redirect, [...two.headers].filter(([name]) => name !== 'content-type')], ['POST', 'https://a.b/c', 'manual', [['b', '2']]]); same([await two.text(), one.bodyUsed], ['x', true]);`,
    'from a request whose body was used is a TypeError': `const r = new Request('https://a.b', { method: 'POST', body: 'x' }); await r.text(); throws(TypeError, () => new Request(r)); ok(new Request(r, { body: 'y' }));`,
    'redirect is one of three': `for (const redirect of ['follow', 'error', 'manual']) same(new Request('https://a.b', { redirect }).redirect, redirect); throws(TypeError, () => new Request('https://a.b', { redirect: 'x' }));`,
    'the signal follows the one that was given': `const c = new AbortController(); const r = new Request('https://a.b', { signal: c.signal }); ok(r.signal !== c.signal); c.abort('why'); same([r.signal.aborted, r.signal.reason], [true, 'why']); throws(TypeError, () => new Request('https://a.b', { signal: {} })); same(new Request('https://a.b', { signal: null }).signal.aborted, false);`,
    'the signal of a request is followed by a copy of it': `const c = new AbortController(); const r = new Request(new Request('https://a.b', { signal: c.signal })); c.abort(); ok(r.signal.aborted);`,
    'clone: both bodies can be read, headers are apart': `const one = new Request('https://a.b', { method: 'POST', body: 'x', headers: { a: '1' } }); const two = one.clone(); two.headers.set('a', '2'); same([await one.text(), await two.text(), one.headers.get('a')], ['x', 'x', '1']); throws(TypeError, () => one.clone());`,
    'options are read, not kept': `const headers = { a: '1' }; const r = new Request('https://a.b', { headers }); headers.a = '2'; same(r.headers.get('a'), '1');`,
    'window must be null': `throws(TypeError, () => new Request('https://a.b', { window: {} })); ok(new Request('https://a.b', { window: null }));`,
    'has a string tag; a missing argument is a TypeError': `same(Object.prototype.toString.call(new Request('https://a.b')), '[object Request]'); throws(TypeError, () => new Request());`,
  },
  notSupported: {
    'mode, credentials, cache, referrer, referrerPolicy, integrity, keepalive':
      'there is no page, cookie jar or cache they could speak of; what is given is accepted and has no effect',
  },
};

const response: StandardSection = {
  title: 'Fetch §5.5 Response',
  cases: {
    'what is not said has a default': `const r = new Response(); same([r.type, r.url, r.redirected, r.status, r.ok, r.statusText, r.body, [...r.headers]], ['default', '', false, 200, true, '', null, []]);`,
    'status, text and headers as said': `const r = new Response('x', { status: 404, statusText: 'Gone away', headers: { A: 'b' } }); same([r.status, r.ok, r.statusText, r.headers.get('a')], [404, false, 'Gone away', 'b']);`,
    'a status out of range is a RangeError': `for (const status of [0, 100, 199, 600, -1, 70000]) throws(RangeError, () => new Response(null, { status }), String(status)); same(new Response(null, { status: 599 }).status, 599); same(new Response(null, { status: '204' }).status, 204);`,
    'a status text that is no reason phrase is a TypeError': `for (const statusText of ['a\\nb', 'a\\rb', '€', '\\u0000']) throws(TypeError, () => new Response(null, { statusText })); same(new Response(null, { statusText: 'é\\t' }).statusText, 'é\\t');`,
    'a body with a status that has none is a TypeError': `for (const status of [204, 205, 304]) { throws(TypeError, () => new Response('x', { status }), String(status)); ok(new Response(null, { status })); }`,
    'Response.error': `const r = Response.error(); same([r.type, r.status, r.ok, r.body, r.statusText], ['error', 0, false, null, '']); throws(TypeError, () => r.headers.set('a', 'b'));`,
    'Response.json': `const r = Response.json({ a: [1] }, { status: 201, headers: { x: 'y' } }); same([r.status, r.headers.get('content-type'), r.headers.get('x'), await r.text()], [201, 'application/json', 'y', '{"a":[1]}']); same(Response.json(1, { headers: { 'content-type': 'a/b' } }).headers.get('content-type'), 'a/b'); throws(TypeError, () => Response.json(undefined)); throws(TypeError, () => Response.json(Symbol('x'))); throws(TypeError, () => Response.json(1, { status: 204 })); const loop = {}; loop.loop = loop; throws(TypeError, () => Response.json(loop));`,
    'Response.redirect': `const r = Response.redirect('https://a.b/c', 301); same([r.status, r.headers.get('location'), r.type], [301, 'https://a.b/c', 'default']); same(Response.redirect('https://a.b').status, 302); throws(RangeError, () => Response.redirect('https://a.b', 200)); throws(TypeError, () => Response.redirect('::')); throws(TypeError, () => r.headers.set('a', 'b'));`,
    'clone: both bodies can be read, headers are apart': `const one = new Response('abc', { status: 201, headers: { a: '1' } }); const two = one.clone(); two.headers.set('a', '2'); same([await two.text(), await one.text(), one.headers.get('a'), two.status], ['abc', 'abc', '1', 201]); throws(TypeError, () => one.clone()); same(new Response().clone().body, null);`,
    'a clone of a stream gives the same pieces': `const r = new Response(new ReadableStream({ start(c) { c.enqueue(bytes(1, 2)); c.enqueue(bytes(3)); c.close(); } })); const copy = r.clone(); same(await r.bytes(), bytes(1, 2, 3)); same(await copy.bytes(), bytes(1, 2, 3));`,
    'a locked body cannot be cloned': `const r = new Response('x'); r.body.getReader(); throws(TypeError, () => r.clone());`,
    'members are read-only': `const r = new Response(); throws(TypeError, () => { r.status = 1; }); throws(TypeError, () => { r.headers = new Headers(); });`,
    'has a string tag': `same(Object.prototype.toString.call(new Response()), '[object Response]');`,
  },
};

export const MESSAGE_SECTIONS: readonly StandardSection[] = [request, response];
