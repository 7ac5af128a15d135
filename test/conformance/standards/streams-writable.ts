import type { StandardSection } from './section.ts';

const writable: StandardSection = {
  title: 'Streams §5 WritableStream and its writer',
  cases: {
    'writes arrive in order, one after the other, then close': `
      const seen = []; const stream = new WritableStream({ start() { seen.push('start'); }, async write(chunk) { seen.push(chunk); await pause(1); seen.push(chunk + ' done'); }, close() { seen.push('close'); } });
      const writer = stream.getWriter(); writer.write('a'); writer.write('b'); await writer.close(); same(seen, ['start', 'a', 'a done', 'b', 'b done', 'close']);`,
    'ready waits for room, desiredSize says how much there is': `
      let release; const stream = new WritableStream({ write: () => new Promise((resolve) => { release = resolve; }) }, { highWaterMark: 1 }); const writer = stream.getWriter(); await writer.ready; same(writer.desiredSize, 1);
      const write = writer.write('x'); same(writer.desiredSize, 0); let ready = false; writer.ready.then(() => { ready = true; }); await pause(1); ok(!ready); release(); await write; await writer.ready; same(writer.desiredSize, 1);`,
    'a write that fails makes the stream fail': `const error = new RangeError(); const stream = new WritableStream({ write() { throw error; } }); const writer = stream.getWriter(); ok((await rejects(RangeError, writer.write(1))) === error); await rejects(RangeError, writer.write(2)); await rejects(RangeError, writer.closed); await rejects(TypeError, writer.close());`,
    'abort gives its reason to the sink and to what waits': `
      let seen; let signal; const stream = new WritableStream({ start(c) { signal = c.signal; }, write: () => new Promise(() => {}), abort(reason) { seen = reason; } }, { highWaterMark: 3 }); const writer = stream.getWriter(); await writer.ready; const second = (writer.write(1).catch(() => {}), writer.write(2));
      const aborted = writer.abort('why'); ok(signal.aborted); same(signal.reason, 'why'); let failed; second.catch((error) => { failed = error; }); void aborted; await pause(1); same(seen, undefined);`,
    'abort without a write in progress ends at once': `let seen; const stream = new WritableStream({ abort(reason) { seen = reason; } }); await stream.abort('why'); same(seen, 'why'); await rejectsWith('why', stream.getWriter().closed);
      async function rejectsWith(reason, promise) { try { await promise; fail('fulfilled'); } catch (error) { same(error, reason); } }`,
    'the controller can error it': `let controller; const stream = new WritableStream({ start(c) { controller = c; } }); controller.error(new RangeError()); await rejects(RangeError, stream.getWriter().write(1));`,
    'a locked stream has one writer only; a released one does nothing': `const stream = new WritableStream(); const writer = stream.getWriter(); same(stream.locked, true); throws(TypeError, () => stream.getWriter()); await rejects(TypeError, stream.abort()); await rejects(TypeError, stream.close()); writer.releaseLock(); await rejects(TypeError, writer.write(1)); throws(TypeError, () => writer.desiredSize); same(stream.locked, false);`,
    'writing after close is a TypeError': `const stream = new WritableStream(); const writer = stream.getWriter(); await writer.close(); await rejects(TypeError, writer.write(1)); await rejects(TypeError, writer.close()); same(writer.desiredSize, 0);`,
    'a type is a RangeError': `throws(RangeError, () => new WritableStream({ type: 'bytes' }));`,
  },
};

const transform: StandardSection = {
  title: 'Streams §6 TransformStream',
  cases: {
    'without a transformer it passes on': `const { readable, writable } = new TransformStream(); const writer = writable.getWriter(); writer.write(1); writer.close(); const seen = []; for await (const value of readable) seen.push(value); same(seen, [1]);`,
    'transform may give none or many, flush adds the end': `
      const stream = new TransformStream({ start(c) { c.enqueue('start'); }, transform(chunk, c) { if (chunk > 1) { c.enqueue(chunk); c.enqueue(chunk * 2); } }, flush(c) { c.enqueue('end'); } });
      const writer = stream.writable.getWriter(); for (const value of [1, 2, 3]) writer.write(value); writer.close(); const seen = []; for await (const value of stream.readable) seen.push(value); same(seen, ['start', 2, 4, 3, 6, 'end']);`,
    'an error reaches both sides': `const stream = new TransformStream({ transform() { throw new RangeError(); } }); const writer = stream.writable.getWriter(); const write = rejects(RangeError, writer.write(1)); await rejects(RangeError, stream.readable.getReader().read()); await write;`,
    'terminate closes one side and errors the other': `const stream = new TransformStream({ transform(chunk, c) { c.enqueue(chunk); c.terminate(); } }); const writer = stream.writable.getWriter(); const reader = stream.readable.getReader(); const write = writer.write(1); same([(await reader.read()).value, (await reader.read()).done], [1, true]); await write; await rejects(TypeError, writer.write(2));`,
    'back-pressure: a write waits until somebody reads': `const stream = new TransformStream(); const writer = stream.writable.getWriter(); let done = false; writer.write(1).then(() => { done = true; }); await pause(1); ok(!done); await stream.readable.getReader().read(); await pause(1); ok(done);`,
    'cancelling the readable side calls cancel and ends the writable side': `let seen; const stream = new TransformStream({ cancel(reason) { seen = reason; } }); await stream.readable.cancel('why'); same(seen, 'why'); try { await stream.writable.getWriter().write(1); fail('written'); } catch (error) { same(error, 'why'); }`,
    'types are RangeErrors': `throws(RangeError, () => new TransformStream({ readableType: 'bytes' })); throws(RangeError, () => new TransformStream({ writableType: 'x' }));`,
  },
};

const strategies: StandardSection = {
  title: 'Streams §7 queuing strategies',
  cases: {
    'counting and measuring': `const count = new CountQueuingStrategy({ highWaterMark: 3 }); const length = new ByteLengthQueuingStrategy({ highWaterMark: 5 }); same([count.highWaterMark, count.size('abc'), length.highWaterMark, length.size(bytes(1, 2))], [3, 1, 5, 2]); ok(count.size === new CountQueuingStrategy({ highWaterMark: 1 }).size);`,
    'a missing mark is a TypeError': `throws(TypeError, () => new CountQueuingStrategy()); throws(TypeError, () => new ByteLengthQueuingStrategy({}));`,
    'are used by streams': `let controller; new ReadableStream({ start(c) { controller = c; } }, new ByteLengthQueuingStrategy({ highWaterMark: 10 })); controller.enqueue(bytes(1, 2, 3)); same(controller.desiredSize, 7);`,
  },
};

const piping: StandardSection = {
  title: 'Streams §4.9 piping',
  cases: {
    'pipeTo writes everything and closes': `const seen = []; await ReadableStream.from([1, 2]).pipeTo(new WritableStream({ write(chunk) { seen.push(chunk); }, close() { seen.push('closed'); } })); same(seen, [1, 2, 'closed']);`,
    'pipeThrough chains': `const doubled = ReadableStream.from([1, 2]).pipeThrough(new TransformStream({ transform(chunk, c) { c.enqueue(chunk * 2); } })); const seen = []; for await (const value of doubled) seen.push(value); same(seen, [2, 4]); throws(TypeError, () => new ReadableStream().pipeThrough({}));`,
    'both sides are locked meanwhile': `const source = new ReadableStream(); const sink = new WritableStream(); const c = new AbortController(); const pipe = source.pipeTo(sink, { signal: c.signal }); same([source.locked, sink.locked], [true, true]); c.abort(); await rejects('AbortError', pipe); same([source.locked, sink.locked], [false, false]); await rejects(TypeError, (() => { const s = new ReadableStream(); s.getReader(); return s.pipeTo(new WritableStream()); })());`,
    'an error of the source aborts the sink, unless it is prevented': `let reason; const sink = () => new WritableStream({ abort(r) { reason = r; } }); const error = new RangeError(); const source = () => new ReadableStream({ start(c) { c.error(error); } }); ok((await rejects(RangeError, source().pipeTo(sink()))) === error); ok(reason === error); reason = undefined; await rejects(RangeError, source().pipeTo(sink(), { preventAbort: true })); same(reason, undefined);`,
    'an error of the sink cancels the source, unless it is prevented': `let reason; const source = () => new ReadableStream({ pull(c) { c.enqueue(1); }, cancel(r) { reason = r; } }); const error = new RangeError(); const sink = () => new WritableStream({ write() { throw error; } }); ok((await rejects(RangeError, source().pipeTo(sink()))) === error); ok(reason === error); reason = undefined; await rejects(RangeError, source().pipeTo(sink(), { preventCancel: true })); same(reason, undefined);`,
    'preventClose leaves the sink open': `let closed = false; const sink = new WritableStream({ close() { closed = true; } }); await ReadableStream.from([1]).pipeTo(sink, { preventClose: true }); same([closed, sink.locked], [false, false]);`,
    'abort cancels the source and aborts the sink with the reason': `const seen = []; const c = new AbortController(); const pipe = new ReadableStream({ cancel(r) { seen.push(r); } }).pipeTo(new WritableStream({ abort(r) { seen.push(r); } }), { signal: c.signal }); c.abort('why'); try { await pipe; fail('fulfilled'); } catch (error) { same(error, 'why'); } same(seen.sort(), ['why', 'why']);`,
  },
};

export const WRITABLE_SECTIONS: readonly StandardSection[] = [writable, transform, strategies, piping];
