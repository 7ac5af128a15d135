import type { StandardSection } from './section.ts';

/** Needs the service that is granted as `https://api.example.com`. */
export const FETCH_SECTION: StandardSection = {
  title: 'Fetch §5.6 fetch()',
  cases: {
    'fulfils with a Response, whatever its status': `
      const r = await fetch(API + '/status?code=404&text=Not%20here'); ok(r instanceof Response); same([r.status, r.ok, r.statusText, r.type, r.redirected, r.url], [404, false, 'Not here', 'basic', false, API + '/status?code=404&text=Not%20here']); same((await fetch(API + '/nothing')).status, 404);`,
    'the URL may be a URL or a Request, options win over the Request': `
      same((await (await fetch(new URL('/echo', API))).json()).method, 'GET'); const request = new Request(API + '/echo', { method: 'POST', body: 'x', headers: { a: '1' } });
      const seen = await (await fetch(request, { headers: { b: '2' } })).json(); same([seen.method, seen.body, seen.headers.a, seen.headers.b], ['POST', 'x', undefined, '2']); ok(request.bodyUsed);`,
    'what cannot be a request is a rejection and no exception': `for (const args of [[], ['::'], ['/relative'], [API, { method: 'a b' }], [API, { body: 'x' }], ['https://u:p@api.example.com/']]) { let promise; try { promise = fetch(...args); } catch (error) { fail('thrown at once for ' + args); } await rejects(TypeError, promise); }`,
    'the fragment stays here': `const r = await fetch(API + '/echo#here'); same([r.url, (await r.json()).path], [API + '/echo', '/echo']);`,
    'headers arrive, once each; Accept is there by default': `const seen = (await (await fetch(API + '/echo', { headers: [['X-One', '1'], ['x-one', '2'], ['Y', 'é'.length ? 'y' : '']] })).json()).headers; same([seen['x-one'], seen.y, seen.accept], ['1, 2', 'y', '*/*']);`,
    'bodies of each kind arrive with their type': `
      const post = async (body, headers) => { const seen = await (await fetch(API + '/echo', { method: 'POST', body, headers })).json(); return [seen.headers['content-type'] ?? null, seen.body]; };
      same(await post('ä'), ['text/plain;charset=UTF-8', 'Ã¤']); same(await post(new URLSearchParams({ a: 'b c' })), ['application/x-www-form-urlencoded;charset=UTF-8', 'a=b+c']); same(await post(bytes(1, 255)), [null, '\\u0001ÿ']); same(await post(new Blob(['b'], { type: 'a/b' })), ['a/b', 'b']); same(await post('{}', { 'content-type': 'application/json' }), ['application/json', '{}']);
      const form = new FormData(); form.append('a', '1'); const [type, text] = await post(form); const boundary = /boundary=(.+)$/.exec(type)[1]; ok(text.startsWith('--' + boundary + '\\r\\n') && text.includes('name="a"\\r\\n\\r\\n1\\r\\n'));`,
    'a stream as body is sent as it comes': `const body = new ReadableStream({ async start(c) { c.enqueue(bytes(0x61)); await pause(1); c.enqueue(bytes(0x62)); c.close(); } }); const seen = await (await fetch(API + '/echo', { method: 'POST', body, duplex: 'half' })).json(); same(seen.body, 'ab'); await rejects(TypeError, fetch(API + '/echo', { method: 'POST', body: new ReadableStream() }));`,
    'a body that fails on its way rejects': `await rejects(TypeError, fetch(API + '/echo', { method: 'POST', duplex: 'half', body: new ReadableStream({ pull() { throw new RangeError('expected by the test'); } }) }));`,
    'a large body arrives whole': `const seen = await (await fetch(API + '/echo', { method: 'PUT', body: 'x'.repeat(400000) })).json(); same([seen.method, seen.body.length], ['PUT', 400000]);`,
    'HEAD and 204 have no body': `const r = await fetch(API + '/large?size=10', { method: 'HEAD' }); same([r.status, await r.text()], [200, '']); const none = await fetch(API + '/status?code=204'); same([none.status, none.body], [204, null]);`,
    'headers of a response: folded names, joined values, read-only': `const { headers } = await fetch(API + '/headers'); same([headers.get('X-LIST'), headers.get('x-case')], ['a, b', 'Kept']); throws(TypeError, () => headers.set('a', 'b')); throws(TypeError, () => headers.delete('x-case'));`,
    'cookies of a response are not shown': `const { headers } = await fetch(API + '/headers'); same([headers.get('set-cookie'), headers.getSetCookie()], [null, []]);`,
    'a coding is undone': `const r = await fetch(API + '/gzip'); same(await r.text(), 'squeezed €');`,
    'a large body comes whole, by every way of reading': `const get = () => fetch(API + '/large?size=300000'); same([(await (await get()).text()).length, (await (await get()).arrayBuffer()).byteLength, (await (await get()).blob()).size, (await (await get()).bytes()).length], [300000, 300000, 300000, 300000]); let size = 0; for await (const part of (await get()).body) size += part.length; same(size, 300000);`,
    'the body can be read before it is complete': `const reader = (await fetch(API + '/halves?read')).body.getReader(); const decode = (value) => new TextDecoder().decode(value); same(decode((await reader.read()).value), 'first'); await fetch(API + '/open?read'); same(decode((await reader.read()).value), 'second'); same((await reader.read()).done, true);`,
    'a fetched body is read once, a clone gives it twice': `const r = await fetch(API + '/headers'); const copy = r.clone(); same([await r.text(), await copy.text()], ['headers', 'headers']); await rejects(TypeError, r.text()); const large = await fetch(API + '/large?size=200000'); const other = large.clone(); same((await Promise.all([large.text(), other.text()])).map((text) => text.length), [200000, 200000]);`,
    'cancelling the body ends it': `const r = await fetch(API + '/halves?cancel'); await r.body.cancel('enough'); same(r.bodyUsed, true); await rejects(TypeError, r.text());`,
    'redirects are followed: 301 and 302 make POST a GET, 303 all but HEAD': `
      const go = async (code, method, body) => { const r = await fetch(API + '/redirect?code=' + code + '&to=/echo?x', { method, body }); if (method === 'HEAD') return [r.redirected, r.url]; const seen = await r.json(); return [seen.method, seen.body, seen.headers['content-type'] ?? null, r.redirected, r.url]; };
      const there = API + '/echo?x'; for (const code of [301, 302, 303]) same(await go(code, 'POST', 'b'), ['GET', '', null, true, there]); same(await go(303, 'PUT', 'b'), ['GET', '', null, true, there]); same(await go(301, 'PUT', 'b'), ['PUT', 'b', 'text/plain;charset=UTF-8', true, there]); same(await go(303, 'HEAD'), [true, there]);`,
    'redirects are followed: 307 and 308 keep method and body': `for (const code of [307, 308]) { const seen = await (await fetch(API + '/redirect?code=' + code + '&to=/echo', { method: 'POST', body: 'kept' })).json(); same([seen.method, seen.body], ['POST', 'kept']); }`,
    'a 3xx without Location, or another status with it, is a response': `same((await fetch(API + '/status?code=302')).status, 302); same((await fetch(API + '/redirect?code=300&to=/echo')).status, 300); same((await fetch(API + '/redirect?code=304&to=/echo')).status, 304);`,
    'redirect error rejects, manual shows nothing but that there is one': `await rejects(TypeError, fetch(API + '/redirect?to=/echo', { redirect: 'error' })); const r = await fetch(API + '/redirect?to=/echo', { redirect: 'manual' }); same([r.type, r.status, r.ok, r.body, [...r.headers], r.statusText], ['opaqueredirect', 0, false, null, [], '']); same((await fetch(API + '/headers', { redirect: 'manual' })).status, 200);`,
    'a redirect without end, or to no URL, rejects': `await rejects(TypeError, fetch(API + '/redirect?to=' + encodeURIComponent('http://['))); let to = '/redirect?to=/'; for (let n = 0; n < 21; n += 1) to = '/redirect?to=' + encodeURIComponent(to); await rejects(TypeError, fetch(API + to));`,
    'a stream as body cannot follow a 307': `await rejects(TypeError, fetch(API + '/redirect?code=307&to=/echo', { method: 'POST', duplex: 'half', body: ReadableStream.from([bytes(1)]) }));`,
    'aborted before: rejects with the reason, and the body of the request is cancelled': `let seen; const body = new ReadableStream({ cancel(reason) { seen = reason; } }); const reason = new Error('why'); try { await fetch(API + '/echo', { method: 'POST', body, duplex: 'half', signal: AbortSignal.abort(reason) }); fail('fulfilled'); } catch (error) { ok(error === reason); } ok(seen === reason); await rejects('AbortError', fetch(API + '/echo', { signal: AbortSignal.abort() }));`,
    'aborted while waiting: rejects with the reason': `const c = new AbortController(); const promise = fetch(API + '/never', { signal: c.signal }); await pause(5); c.abort(); await rejects('AbortError', promise); await rejects('TimeoutError', fetch(API + '/never', { signal: AbortSignal.timeout(10) }));`,
    'aborted while the body comes: reading rejects with the reason': `const c = new AbortController(); const r = await fetch(API + '/halves?abort', { signal: c.signal }); const reader = r.body.getReader(); await reader.read(); const rest = reader.read(); c.abort(); await rejects('AbortError', rest); const d = new AbortController(); const text = (await fetch(API + '/halves?abort2', { signal: d.signal })).text(); d.abort(); await rejects('AbortError', text);`,
    'aborting afterwards changes nothing': `const c = new AbortController(); const r = await fetch(API + '/headers', { signal: c.signal }); const text = await r.text(); c.abort(); same([text, r.status], ['headers', 200]);`,
    'no answer is a TypeError, a broken body a TypeError when read': `const error = await rejects(TypeError, fetch(API + '/gone')); ok(error.cause instanceof Error); const r = await fetch(API + '/broken'); same(r.status, 200); await rejects(TypeError, r.text());`,
    'a host that was not granted is a TypeError': `const error = await rejects(TypeError, fetch('https://other.example.com/')); ok(typeof error.carapaceCode === 'string');`,
    'other schemes are TypeErrors': `for (const url of ['ftp://api.example.com/', 'file:///etc/passwd', 'javascript:1', 'blob:https://a.b/x']) await rejects(TypeError, fetch(url));`,
  },
  notSupported: {
    'data: and about: URLs': 'a text is a text; everything that is fetched comes from a granted host',
    '20 redirects': '5 are followed',
    'cookies, HTTP authentication, caches, CORS, Content Security Policy':
      'they are for pages in a browser; secrets are put in by the host',
    'a stream that is sent while the response is read (`duplex: "full"`)': 'the standard describes `half` only',
  },
};
