import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../fixtures/run-skill.ts';

describe('the globals of streams', () => {
  it('are there, each under its own name, and read twice are the same', () => {
    expect(
      evaluate(
        `return ['ReadableStream', 'WritableStream', 'TransformStream', 'ByteLengthQueuingStrategy', 'TextDecoderStream'].map((name) => name in globalThis && globalThis[name].name === name && globalThis[name] === globalThis[name])`,
      ),
    ).toEqual([true, true, true, true, true]);
  });

  it('can be replaced before and after they were read', () => {
    expect(
      evaluate(`ReadableStream = 1; const first = ReadableStream; void WritableStream; WritableStream = 2; const key = 'TransformStream'; delete globalThis[key];
      return [first, WritableStream, key in globalThis, new Response('x').body.locked];`),
    ).toEqual([1, 2, false, false]);
  });

  it('pipe, transform, tee and iterate', () => {
    expect(
      evaluate(`const numbers = ReadableStream.from([1, 2, 3]); const [left, right] = numbers.tee(); const out = [];
      const doubled = left.pipeThrough(new TransformStream({ transform: (n, c) => c.enqueue(n * 2) }));
      for await (const n of doubled) out.push(n);
      await right.pipeTo(new WritableStream({ write: (n) => void out.push(-n), close: () => void out.push('closed') })); return out;`),
    ).toEqual([2, 4, 6, -1, -2, -3, 'closed']);
  });

  it('press back: a source is asked for no more than its strategy holds', () => {
    expect(
      evaluate(`let pulls = 0; const stream = new ReadableStream({ pull: (c) => { pulls += 1; c.enqueue(new Uint8Array(10)); } }, new ByteLengthQueuingStrategy({ highWaterMark: 25 }));
      await new Promise((resolve) => setTimeout(resolve, 1)); const before = pulls; await stream.getReader().read(); await 0; return [before, pulls];`),
    ).toEqual([3, 4]);
  });

  it('abort a pipe by a signal', () => {
    expect(
      evaluate(`const controller = new AbortController(); let cancelled; const source = new ReadableStream({ cancel: (why) => { cancelled = why; } });
      const piped = source.pipeTo(new WritableStream(), { signal: controller.signal }).catch((error) => error); controller.abort('why'); return [await piped, cancelled];`),
    ).toEqual(['why', 'why']);
  });
});

describe('text streams', () => {
  it('decode characters that are cut in the middle', () => {
    expect(
      evaluate(`const bytes = new Blob(['\\ufeffhé€😀']); const pieces = []; const source = new ReadableStream({ async start(c) { for (const byte of await bytes.bytes()) c.enqueue(new Uint8Array([byte])); c.close(); } });
      for await (const text of source.pipeThrough(new TextDecoderStream())) pieces.push(text); const d = new TextDecoderStream('latin1', { fatal: true }); return [pieces, d.encoding, d.fatal, d.ignoreBOM];`),
    ).toEqual([['h', 'é', '€', '😀'], 'windows-1252', true, false]);
  });

  it('fail on what is no text or no bytes', () => {
    expect(
      evaluate(`const read = (chunk, options) => new Response(ReadableStream.from([chunk]).pipeThrough(new TextDecoderStream('utf-8', options)).pipeThrough(new TextEncoderStream())).text().catch((error) => error.name);
      return [await read(new Uint8Array([0xff]), { fatal: true }), await read(new Uint8Array([0xff])), await read('text')];`),
    ).toEqual(['TypeError', '\ufffd', 'TypeError']);
  });

  it('give back what an abandoned decoder holds in the worker', () => {
    expect(
      evaluate(`for (let count = 0; count < 300; count += 1) {
        const { readable, writable } = new TextDecoderStream('utf-8', { fatal: true }); const writer = writable.getWriter();
        void writer.write(new Uint8Array([0xe2])).catch(() => {}); const reader = readable.getReader(); void reader.read().catch(() => {}); for (let turn = 0; turn < 20; turn += 1) await 0;
        if (count % 2) await reader.cancel(); else await writer.abort().catch(() => {});
      }
      return new TextDecoder().decode(new Uint8Array([0xe2]), { stream: true });`),
    ).toBe('');
  });

  it('encode pairs of surrogates that come in two chunks, and a lone one at the end', () => {
    expect(
      evaluate(
        `const out = []; const e = new TextEncoderStream(); for await (const piece of ReadableStream.from(['a', '\\ud83d', '\\ude00b', '', '\\ud83d']).pipeThrough(e)) out.push([...piece]); return [out, e.encoding];`,
      ),
    ).toEqual([[[97], [240, 159, 152, 128, 98], [239, 191, 189]], 'utf-8']);
  });
});
