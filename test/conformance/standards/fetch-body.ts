import type { StandardSection } from './section.ts';

export const BODY_SECTION: StandardSection = {
  title: 'Fetch §5.2–5.3 bodies',
  cases: {
    'text, JSON, arrayBuffer, bytes and blob of the same body': `
      const body = () => new Response('{"a":"€"}', { headers: { 'content-type': 'Application/JSON' } });
      same([await body().text(), await body().json()], ['{"a":"€"}', { a: '€' }]); same([(await body().arrayBuffer()).byteLength, (await body().bytes()).length], [11, 11]); const blob = await body().blob(); same([blob.size, blob.type], [11, 'application/json']);`,
    'a body is read once': `const r = new Response('x'); same(r.bodyUsed, false); await r.text(); same(r.bodyUsed, true); await rejects(TypeError, r.text()); await rejects(TypeError, r.arrayBuffer()); await rejects(TypeError, r.blob()); await rejects(TypeError, r.formData());`,
    'no body is empty and never used': `const r = new Response(); same([r.body, await r.text(), r.bodyUsed, (await r.arrayBuffer()).byteLength, (await r.blob()).size], [null, '', false, 0, 0]); await rejects(SyntaxError, r.json());`,
    'bad JSON is a SyntaxError': `await rejects(SyntaxError, new Response('{').json());`,
    'text drops the byte order mark and replaces errors; JSON as well': `same(await new Response(bytes(0xef, 0xbb, 0xbf, 0x61, 0xff)).text(), 'a\\ufffd'); same(await new Response(bytes(0xef, 0xbb, 0xbf, 0x31)).json(), 1);`,
    'each source of a body says its content type': `
      const typeOf = (body) => new Response(body).headers.get('content-type');
      same([typeOf('x'), typeOf(new URLSearchParams()), typeOf(new Blob(['x'], { type: 'a/b' })), typeOf(new Blob(['x'])), typeOf(bytes(1)), typeOf(bytes(1).buffer), typeOf(null)], ['text/plain;charset=UTF-8', 'application/x-www-form-urlencoded;charset=UTF-8', 'a/b', null, null, null, null]);
      ok(/^multipart\\/form-data; ?boundary=\\S+$/.test(typeOf(new FormData())), typeOf(new FormData()));`,
    'a content type that is given stays': `same(new Response('x', { headers: { 'Content-Type': 'a/b' } }).headers.get('content-type'), 'a/b');`,
    'other values are made text': `same([await new Response(12).text(), await new Response({}).text(), await new Response([1, 2]).text()], ['12', '[object Object]', '1,2']);`,
    'bytes are copied when the body is made': `const source = bytes(0x61); const r = new Response(source); source[0] = 0x62; same(await r.text(), 'a');`,
    'a view gives its part only': `same(await new Response(new Uint8Array(bytes(0x61, 0x62, 0x63).buffer, 1, 1)).text(), 'b');`,
    'form data from urlencoded text': `const form = await new Response('a=1&b=+%E2%82%AC&a=2', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }).formData(); same([...form], [['a', '1'], ['b', ' €'], ['a', '2']]);`,
    'form data through multipart and back': `
      const form = new FormData(); form.append('text', 'a\\r\\nb'); form.append('naïve "name"', '€'); form.append('file', new File([bytes(0, 255, 13, 10)], 'x y.bin', { type: 'a/b' })); const back = await new Response(form).formData();
      same([back.get('text'), back.get('naïve "name"')], ['a\\r\\nb', '€']); const file = back.get('file'); same([file.name, file.type], ['x y.bin', 'a/b']); same(await file.bytes(), bytes(0, 255, 13, 10));`,
    'multipart as others write it': `
      const text = ['--xx', 'content-disposition: form-data; name="a"', '', '1', '--xx', 'Content-Disposition: form-data; name="f"; filename="n.txt"', 'Content-Type: text/html', '', '<p>', '--xx--', ''].join('\\r\\n');
      const form = await new Response(text, { headers: { 'content-type': 'multipart/form-data; boundary=xx' } }).formData(); same([form.get('a'), form.get('f').name, form.get('f').type, await form.get('f').text()], ['1', 'n.txt', 'text/html', '<p>']);`,
    'a form of another type, or a broken one, is a TypeError': `await rejects(TypeError, new Response('a=1').formData()); await rejects(TypeError, new Response('x', { headers: { 'content-type': 'multipart/form-data; boundary=xx' } }).formData()); await rejects(TypeError, new Response('x', { headers: { 'content-type': 'multipart/form-data' } }).formData());`,
    'body is a byte stream that gives the bytes, the same object each time': `const r = new Response('abc'); ok(r.body instanceof ReadableStream && r.body === r.body); const all = []; for await (const part of r.body) { ok(part instanceof Uint8Array); all.push(...part); } same(all, [0x61, 0x62, 0x63]); same(r.bodyUsed, true);`,
    'a locked or disturbed body cannot be read': `const r = new Response('x'); const reader = r.body.getReader(); await rejects(TypeError, r.text()); same(r.bodyUsed, false); reader.releaseLock(); same(await r.text(), 'x'); const s = new Response('x'); const other = s.body.getReader(); await other.read(); other.releaseLock(); same(s.bodyUsed, true); await rejects(TypeError, s.text());`,
    'a stream of bytes is a body': `const stream = new ReadableStream({ start(c) { c.enqueue(bytes(0x61)); c.enqueue(bytes(0x62)); c.close(); } }); const r = new Response(stream); ok(r.body === stream); same(await r.text(), 'ab');`,
    'a stream of something else than bytes is a TypeError when read': `await rejects(TypeError, new Response(new ReadableStream({ start(c) { c.enqueue('text'); c.close(); } })).text());`,
    'a stream that errors rejects with its error': `const error = new RangeError('r'); ok((await rejects(RangeError, new Response(new ReadableStream({ start(c) { c.error(error); } })).text())) === error);`,
    'a locked or disturbed stream cannot become a body': `const locked = new ReadableStream(); locked.getReader(); throws(TypeError, () => new Response(locked)); const read = new ReadableStream({ start(c) { c.enqueue(bytes(1)); } }); const reader = read.getReader(); await reader.read(); reader.releaseLock(); throws(TypeError, () => new Response(read));`,
  },
};
