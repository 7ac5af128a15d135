import type { StandardSection } from './section.ts';

const readable: StandardSection = {
  title: 'Streams §4.2–4.3 ReadableStream and its default reader',
  cases: {
    'start, pull and close': `
      let pulls = 0; const stream = new ReadableStream({ start(c) { c.enqueue(0); }, pull(c) { pulls += 1; if (pulls === 3) c.close(); else c.enqueue(pulls); } });
      const seen = []; for await (const value of stream) seen.push(value); same(seen, [0, 1, 2]);`,
    'a reader gives values, then done': `const reader = new ReadableStream({ start(c) { c.enqueue('a'); c.close(); } }).getReader(); same([await reader.read(), await reader.read(), await reader.read()], [{ value: 'a', done: false }, { value: undefined, done: true }, { value: undefined, done: true }]); await reader.closed;`,
    'a locked stream has one reader only': `const stream = new ReadableStream(); same(stream.locked, false); const reader = stream.getReader(); same(stream.locked, true); throws(TypeError, () => stream.getReader()); await rejects(TypeError, stream.cancel()); reader.releaseLock(); same(stream.locked, false); await rejects(TypeError, reader.read()); await rejects(TypeError, reader.closed);`,
    'reads wait in their order': `let controller; const reader = new ReadableStream({ start(c) { controller = c; } }).getReader(); const reads = [reader.read(), reader.read()]; controller.enqueue(1); controller.enqueue(2); same((await Promise.all(reads)).map(({ value }) => value), [1, 2]);`,
    'releaseLock rejects the reads that wait': `const reader = new ReadableStream().getReader(); const read = reader.read(); reader.releaseLock(); await rejects(TypeError, read);`,
    'error reaches reads and closed': `let controller; const reader = new ReadableStream({ start(c) { controller = c; } }).getReader(); const error = new RangeError('r'); const read = reader.read(); controller.error(error); ok((await rejects(RangeError, read)) === error); await rejects(RangeError, reader.closed); await rejects(RangeError, reader.read());`,
    'what start, pull or cancel throw is the error of the stream': `
      await rejects(RangeError, new ReadableStream({ start() { return Promise.reject(new RangeError()); } }).getReader().read()); throws(RangeError, () => new ReadableStream({ start() { throw new RangeError(); } }));
      await rejects(RangeError, new ReadableStream({ pull() { throw new RangeError(); } }).getReader().read()); await rejects(RangeError, new ReadableStream({ cancel() { throw new RangeError(); } }).cancel());`,
    'cancel gives its reason to the source and ends reads': `let seen; const stream = new ReadableStream({ cancel(reason) { seen = reason; } }); const reader = stream.getReader(); const read = reader.read(); same(await reader.cancel('why'), undefined); same([seen, await read], ['why', { value: undefined, done: true }]);`,
    'cancel drops what is queued': `const stream = new ReadableStream({ start(c) { c.enqueue(1); } }); await stream.cancel(); same(await stream.getReader().read(), { value: undefined, done: true });`,
    'desiredSize falls with what is queued, at zero there is no pull': `
      let controller; let pulls = 0; const stream = new ReadableStream({ start(c) { controller = c; }, pull() { pulls += 1; } }, { highWaterMark: 2 }); await null; await null; same(controller.desiredSize, 2); const before = pulls;
      controller.enqueue(1); controller.enqueue(2); controller.enqueue(3); same(controller.desiredSize, -1); const reader = stream.getReader(); await reader.read(); same(controller.desiredSize, 0); ok(before >= 1);`,
    'size of the strategy counts': `let controller; new ReadableStream({ start(c) { controller = c; } }, { highWaterMark: 10, size: (chunk) => chunk.length }); controller.enqueue('abcd'); same(controller.desiredSize, 6);`,
    'close and enqueue after close are TypeErrors': `let controller; new ReadableStream({ start(c) { controller = c; } }); controller.close(); throws(TypeError, () => controller.enqueue(1)); throws(TypeError, () => controller.close()); same(controller.desiredSize, 0);`,
    'a source of an unknown type, or a negative mark, is refused': `throws(TypeError, () => new ReadableStream({ type: 'x' })); throws(RangeError, () => new ReadableStream({}, { highWaterMark: -1 })); throws(RangeError, () => new ReadableStream({}, { highWaterMark: NaN })); throws(TypeError, () => new ReadableStream(null));`,
    'leaving a loop cancels the stream, unless it is prevented': `
      let cancelled = 0; const make = () => new ReadableStream({ pull(c) { c.enqueue(1); }, cancel() { cancelled += 1; } }); for await (const value of make()) break; same(cancelled, 1);
      const kept = make(); for await (const value of kept.values({ preventCancel: true })) break; same([cancelled, kept.locked], [1, false]);`,
    'ReadableStream.from takes sync and async iterables': `
      const all = async (source) => { const seen = []; for await (const value of ReadableStream.from(source)) seen.push(value); return seen; };
      same([await all([1, 2]), await all(new Set(['a'])), await all((async function* () { yield 1; yield 2; })())], [[1, 2], ['a'], [1, 2]]); throws(TypeError, () => ReadableStream.from(1)); throws(TypeError, () => ReadableStream.from({}));`,
    'tee gives both branches everything, cancel waits for both': `
      let reason; const stream = new ReadableStream({ start(c) { c.enqueue(1); c.enqueue(2); }, cancel(r) { reason = r; } }); const [a, b] = stream.tee(); ok(stream.locked); const [ra, rb] = [a.getReader(), b.getReader()];
      same([(await ra.read()).value, (await ra.read()).value, (await rb.read()).value], [1, 2, 1]); const one = ra.cancel('a'); let done = false; one.then(() => { done = true; }); await pause(1); ok(!done); await Promise.all([rb.cancel('b'), one]); same(reason, ['a', 'b']);`,
    'tee passes errors to both': `let controller; const [a, b] = new ReadableStream({ start(c) { controller = c; } }).tee(); controller.error(new RangeError()); await rejects(RangeError, a.getReader().read()); await rejects(RangeError, b.getReader().read());`,
    'has string tags': `same([Object.prototype.toString.call(new ReadableStream()), Object.prototype.toString.call(new ReadableStream().getReader())], ['[object ReadableStream]', '[object ReadableStreamDefaultReader]']);`,
  },
  notSupported: { 'transfer to another realm': 'there is no other realm' },
};

const byteStream: StandardSection = {
  title: 'Streams §4.5–4.7 byte streams and the BYOB reader',
  cases: {
    'bytes go in and come out by a default reader': `const stream = new ReadableStream({ type: 'bytes', start(c) { c.enqueue(bytes(1, 2)); c.close(); } }); const { value } = await stream.getReader().read(); ok(value instanceof Uint8Array); same(value, bytes(1, 2));`,
    'a BYOB reader fills the buffer it is given': `
      const stream = new ReadableStream({ type: 'bytes', start(c) { c.enqueue(bytes(1, 2, 3)); } }); const reader = stream.getReader({ mode: 'byob' }); const room = new Uint8Array(2);
      const { value, done } = await reader.read(room); same([value.length, done, room.buffer.byteLength], [2, false, 0]); same(value, bytes(1, 2)); same((await reader.read(new Uint8Array(2))).value, bytes(3));`,
    'byobRequest lets the source write in place': `
      const stream = new ReadableStream({ type: 'bytes', pull(c) { const { byobRequest } = c; byobRequest.view[0] = 7; byobRequest.respond(1); } }); const reader = stream.getReader({ mode: 'byob' }); same((await reader.read(new Uint8Array(4))).value, bytes(7));`,
    'min waits for so many': `let controller; const stream = new ReadableStream({ type: 'bytes', start(c) { controller = c; } }); const reader = stream.getReader({ mode: 'byob' }); const read = reader.read(new Uint8Array(4), { min: 3 }); controller.enqueue(bytes(1)); controller.enqueue(bytes(2, 3)); same((await read).value, bytes(1, 2, 3));`,
    'autoAllocateChunkSize gives default readers a byobRequest': `const stream = new ReadableStream({ type: 'bytes', autoAllocateChunkSize: 8, pull(c) { same(c.byobRequest.view.byteLength, 8); c.byobRequest.view[0] = 1; c.byobRequest.respond(1); } }); same((await stream.getReader().read()).value, bytes(1));`,
    'what is no view, or empty, is a TypeError': `let controller; const stream = new ReadableStream({ type: 'bytes', start(c) { controller = c; } }); throws(TypeError, () => controller.enqueue('x')); throws(TypeError, () => controller.enqueue(bytes())); await rejects(TypeError, stream.getReader({ mode: 'byob' }).read(bytes()));`,
    'a BYOB reader of another stream is a TypeError; a size for bytes is a RangeError': `throws(TypeError, () => new ReadableStream().getReader({ mode: 'byob' })); throws(RangeError, () => new ReadableStream({ type: 'bytes' }, { size: () => 1 })); throws(TypeError, () => new ReadableStream().getReader({ mode: 'x' }));`,
  },
};

export const READABLE_SECTIONS: readonly StandardSection[] = [readable, byteStream];
