import { describe, expect, it } from 'vitest';
import { evaluate } from '../../fixtures/run-skill.ts';

describe('TextEncoder', () => {
  it('encodes, with lone surrogates replaced', () => {
    expect(
      evaluate(
        `const e = new TextEncoder(); return [e.encoding, ...[e.encode('hé😀'), e.encode(), e.encode('\\ud800'), e.encode(1)].map((b) => [...b])]`,
      ),
    ).toEqual(['utf-8', [104, 195, 169, 240, 159, 152, 128], [], [239, 191, 189], [49]]);
  });

  it('encodeInto stops before a character that does not fit', () => {
    expect(
      evaluate(`const e = new TextEncoder(); const run = (s, n) => { const b = new Uint8Array(n); const r = e.encodeInto(s, b); return [r.read, r.written, ...b]; };
      return [run('aé', 3), run('aé', 2), run('😀x', 4), run('😀x', 3), run('\\ud800b', 3), run('', 2), run('abc', 0)]`),
    ).toEqual([
      [2, 3, 97, 195, 169],
      [1, 1, 97, 0],
      [2, 4, 240, 159, 152, 128],
      [0, 0, 0, 0, 0],
      [1, 3, 239, 191, 189],
      [0, 0, 0, 0],
      [0, 0],
    ]);
  });
});

describe('TextDecoder', () => {
  it.each([
    ["'utf-8', {}, [0xef, 0xbb, 0xbf, 0x68, 0xff]", 'h\ufffd'],
    ["'UTF8 ', { ignoreBOM: true }, [0xef, 0xbb, 0xbf, 0x68]", '\ufeffh'],
    ["'latin1', {}, [0xe9, 0x80]", 'é€'],
    ["'utf-16le', {}, [0x68, 0, 0x69, 0]", 'hi'],
    ["'utf-16be', {}, [0, 0x68]", 'h'],
    ["'shift_jis', {}, [0x82, 0xa0]", 'あ'],
    ["'gbk', {}, [0xc4, 0xe3]", '你'],
    ["'euc-kr', {}, [0xb0, 0xa1]", '가'],
  ])('%s', (args, text) => {
    const [label, options, bytes] = [
      args.split(', ')[0],
      args.slice(args.indexOf('{'), args.indexOf('}') + 1),
      args.slice(args.indexOf('[')),
    ];
    expect(evaluate(`return new TextDecoder(${label}, ${options}).decode(new Uint8Array(${bytes}))`)).toBe(text);
  });

  it('fatal throws a TypeError, and the decoder can be used again', () => {
    expect(
      evaluate(`const d = new TextDecoder('utf-8', { fatal: true }); const out = [d.fatal, d.ignoreBOM, d.encoding];
      try { d.decode(new Uint8Array([0xff])); } catch (e) { out.push(e instanceof TypeError); }
      out.push(d.decode(new Uint8Array([0x61]))); return out;`),
    ).toEqual([true, false, 'utf-8', true, 'a']);
  });

  it('streams characters that are cut in the middle, in several decoders at once', () => {
    expect(
      evaluate(`const a = new TextDecoder(); const b = new TextDecoder('utf-16le');
      const out = [a.decode(new Uint8Array([0xe2, 0x82]), { stream: true }), b.decode(new Uint8Array([0x61]), { stream: true }), a.decode(new Uint8Array([0xac, 0x78]), { stream: true }), b.decode(new Uint8Array([0])), a.decode()];
      out.push(a.decode(new Uint8Array([0xc3]), { stream: true }), a.decode()); return out;`),
    ).toEqual(['', '', '€x', 'a', '', '', '\ufffd']);
  });

  it('takes buffers, views and DataViews by their own slots, and nothing that only looks like one', () => {
    expect(
      evaluate(`const b = new Uint8Array([97, 98, 99, 100]); const d = new TextDecoder();
      const out = [d.decode(b.buffer), d.decode(b.subarray(1, 3)), d.decode(new DataView(b.buffer, 2)), d.decode(new Uint16Array(b.buffer)), d.decode()];
      for (const bad of ['x', {}, [97], { byteLength: 1, buffer: b.buffer }, null]) { try { d.decode(bad); } catch (e) { out.push(e instanceof TypeError); } }
      return out;`),
    ).toEqual(['abcd', 'bc', 'cd', 'abcd', '', true, true, true, true, true]);
  });

  it('crosses bytes whole, from any offset, length and kind of buffer', () => {
    expect(
      evaluate(`const all = Uint8Array.from({ length: 400 }, (_, i) => (i * 7) % 251); const d = new TextDecoder('latin1'); const bad = [];
      const resizable = new Uint8Array(new ArrayBuffer(400, { maxByteLength: 800 })); resizable.set(all);
      for (let from = 0; from < 12; from += 1) for (let to = from; to < 40; to += 1) for (const source of [all, resizable]) {
        if (btoa(d.decode(source.subarray(from, to)).replace(/[^\\u0000-\\u007f]/g, '?')) !== btoa(d.decode(all.slice(from, to)).replace(/[^\\u0000-\\u007f]/g, '?'))) bad.push([from, to]);
      } return bad;`),
    ).toEqual([]);
  });

  it('refuses unknown labels and too many open streams', () => {
    expect(
      evaluate(`const out = []; try { new TextDecoder('klingon'); } catch (e) { out.push(e instanceof RangeError); }
      try { for (let i = 0; i < 300; i += 1) new TextDecoder().decode(new Uint8Array([0xe2]), { stream: true }); } catch (e) { out.push(e.carapaceCode); } return out;`),
    ).toEqual([true, 'too-many-decoders']);
  });
});

describe('atob and btoa', () => {
  it('convert, with white space and without padding', () => {
    expect(evaluate(`return [btoa('hé'), atob(' aO k = '), atob('YQ'), btoa(''), atob('')]`)).toEqual([
      'aOk=',
      'hé',
      'a',
      '',
      '',
    ]);
  });

  it.each(["atob('*')", "atob('a')", "btoa('€')"])('%s throws InvalidCharacterError', (code) => {
    expect(evaluate(`try { ${code}; } catch (e) { return [e instanceof DOMException, e.name, e.code]; }`)).toEqual([
      true,
      'InvalidCharacterError',
      5,
    ]);
  });
});
