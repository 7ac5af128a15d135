import type { StandardSection } from './section.ts';

const encoder: StandardSection = {
  title: 'Encoding §7.4 TextEncoder',
  cases: {
    'encodes UTF-8 and nothing else': `
      const encoder = new TextEncoder('utf-16'); same(encoder.encoding, 'utf-8');
      same(encoder.encode('aé€😀'), bytes(0x61, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80));`,
    'encode of nothing is empty, of other values their text': `
      same(new TextEncoder().encode(), bytes()); same(new TextEncoder().encode(undefined), bytes()); same(new TextEncoder().encode(12), bytes(0x31, 0x32)); same(new TextEncoder().encode(null).length, 4);`,
    'lone surrogates become U+FFFD': `same(new TextEncoder().encode('\\ud800x\\udc00'), bytes(0xef, 0xbf, 0xbd, 0x78, 0xef, 0xbf, 0xbd));`,
    'encodeInto says how much it read and wrote': `
      const room = new Uint8Array(8); same(new TextEncoder().encodeInto('a€b', room), { read: 3, written: 5 }); same(room.subarray(0, 5), bytes(0x61, 0xe2, 0x82, 0xac, 0x62));`,
    'encodeInto writes no part of a character': `
      const room = bytes(9, 9, 9); same(new TextEncoder().encodeInto('a😀', room), { read: 1, written: 1 }); same(room, bytes(0x61, 9, 9));
      same(new TextEncoder().encodeInto('😀x', new Uint8Array(4)), { read: 2, written: 4 });`,
    'encodeInto reads a lone surrogate as one code unit': `same(new TextEncoder().encodeInto('\\ud800a', new Uint8Array(3)), { read: 1, written: 3 });`,
    'encodeInto respects the place of a view': `
      const room = new Uint8Array(6); new TextEncoder().encodeInto('abc', room.subarray(2, 4)); same(room, bytes(0, 0, 0x61, 0x62, 0, 0));`,
    'encodeInto into something else is a TypeError': `throws(TypeError, () => new TextEncoder().encodeInto('a', new Uint16Array(1))); throws(TypeError, () => new TextEncoder().encodeInto('a', new ArrayBuffer(1)));`,
  },
};

const decoder: StandardSection = {
  title: 'Encoding §7.2 TextDecoder',
  cases: {
    'labels are trimmed and folded, names are canonical': `
      const names = { ' UTF-8\\n': 'utf-8', utf8: 'utf-8', 'unicode-1-1-utf-8': 'utf-8', latin1: 'windows-1252', ascii: 'windows-1252', 'ISO-8859-1': 'windows-1252', 'utf-16': 'utf-16le', 'ucs-2': 'utf-16le', sjis: 'shift_jis', gb2312: 'gbk', 'ks_c_5601-1987': 'euc-kr', cyrillic: 'iso-8859-5', 'x-user-defined': 'x-user-defined', 'x-mac-roman': 'macintosh', logical: 'iso-8859-8-i', visual: 'iso-8859-8', 'dos-874': 'windows-874', koi8: 'koi8-r', 'big5-hkscs': 'big5' };
      for (const [label, name] of Object.entries(names)) same(new TextDecoder(label).encoding, name, label);`,
    'trims ASCII white space only': `throws(RangeError, () => new TextDecoder('\\u00a0utf-8')); throws(RangeError, () => new TextDecoder('utf-8\\u000b'));`,
    'an unknown label and the replacement encoding are RangeErrors': `for (const label of ['klingon', '', 'replacement', 'iso-2022-cn', 'hz-gb-2312']) throws(RangeError, () => new TextDecoder(label), label);`,
    'fatal and ignoreBOM are false by default': `const d = new TextDecoder(); same([d.encoding, d.fatal, d.ignoreBOM], ['utf-8', false, false]); same(new TextDecoder('utf-8', { fatal: 1, ignoreBOM: 1 }).fatal, true);`,
    'takes buffers and every view, with its offset': `
      const buffer = bytes(0x78, 0x61, 0x62, 0x78).buffer; const decoder = new TextDecoder();
      same([decoder.decode(buffer), decoder.decode(new Uint8Array(buffer, 1, 2)), decoder.decode(new DataView(buffer, 1, 2)), decoder.decode(new Uint16Array(buffer))], ['xabx', 'ab', 'ab', 'xabx']);
      same(decoder.decode(), ''); throws(TypeError, () => decoder.decode('text'));`,
    'errors become U+FFFD, one for each maximal part': `
      same(new TextDecoder().decode(bytes(0x61, 0xff, 0x62)), 'a\\ufffdb'); same(new TextDecoder().decode(bytes(0xe2, 0x82)), '\\ufffd'); same(new TextDecoder().decode(bytes(0xf0, 0x80, 0x80, 0x41)), '\\ufffd\\ufffd\\ufffdA');
      same(new TextDecoder().decode(bytes(0xed, 0xa0, 0x80)), '\\ufffd\\ufffd\\ufffd');`,
    'fatal: errors are TypeErrors': `throws(TypeError, () => new TextDecoder('utf-8', { fatal: true }).decode(bytes(0xff))); throws(TypeError, () => new TextDecoder('utf-8', { fatal: true }).decode(bytes(0xe2, 0x82)));`,
    'the byte order mark is taken off once, unless ignoreBOM keeps it': `
      same(new TextDecoder().decode(bytes(0xef, 0xbb, 0xbf, 0x61)), 'a'); same(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes(0xef, 0xbb, 0xbf, 0x61)), '\\ufeffa');
      same(new TextDecoder().decode(bytes(0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf)), '\\ufeff');`,
    'stream: characters cut anywhere come out whole': `
      const all = new TextEncoder().encode('a€😀é'); for (let cut = 0; cut <= all.length; cut += 1) { const d = new TextDecoder(); same(d.decode(all.subarray(0, cut), { stream: true }) + d.decode(all.subarray(cut)), 'a€😀é', 'cut at ' + cut); }`,
    'stream: the byte order mark may be cut as well': `
      const d = new TextDecoder(); same(d.decode(bytes(0xef), { stream: true }) + d.decode(bytes(0xbb), { stream: true }) + d.decode(bytes(0xbf, 0x61), { stream: true }) + d.decode(), 'a');`,
    'stream: what is left open at the end is an error': `const d = new TextDecoder(); same(d.decode(bytes(0xe2), { stream: true }) + d.decode(), '\\ufffd'); same(d.decode(bytes(0x61)), 'a');`,
    'UTF-16 in both orders, cut between bytes': `
      same(new TextDecoder('utf-16le').decode(bytes(0x61, 0, 0x3d, 0xd8, 0, 0xde)), 'a😀'); same(new TextDecoder('utf-16be').decode(bytes(0, 0x61, 0xd8, 0x3d, 0xde, 0)), 'a😀');
      const d = new TextDecoder('utf-16le'); same(d.decode(bytes(0x3d), { stream: true }) + d.decode(bytes(0xd8, 0), { stream: true }) + d.decode(bytes(0xde)), '😀'); same(new TextDecoder('utf-16le').decode(bytes(0, 0xd8)), '\\ufffd');`,
    'legacy encodings': `
      same(new TextDecoder('windows-1252').decode(bytes(0x80, 0xe9)), '€é'); same(new TextDecoder('shift_jis').decode(bytes(0x93, 0xfa, 0x96, 0x7b)), '日本'); same(new TextDecoder('euc-kr').decode(bytes(0xb0, 0xa1)), '가');
      same(new TextDecoder('gb18030').decode(bytes(0x81, 0x30, 0x81, 0x30)), '\\u0080'); same(new TextDecoder('big5').decode(bytes(0xa4, 0xa4)), '中'); same(new TextDecoder('koi8-r').decode(bytes(0xc1)), 'а');
      same(new TextDecoder('iso-2022-jp').decode(bytes(0x1b, 0x24, 0x42, 0x46, 0x7c, 0x1b, 0x28, 0x42)), '日'); same(new TextDecoder('x-user-defined').decode(bytes(0x80)), '\\uf780');`,
    'windows-1252 has no holes': `same(new TextDecoder('windows-1252').decode(bytes(0x81, 0x8d, 0x9f)), '\\u0081\\u008dŸ');`,
  },
};

const streams: StandardSection = {
  title: 'Encoding §7.5–7.6 TextEncoderStream, TextDecoderStream',
  cases: {
    'a decoder stream joins what was cut': `
      const stream = new TextDecoderStream(); same([stream.encoding, stream.fatal, stream.ignoreBOM], ['utf-8', false, false]);
      const writer = stream.writable.getWriter(); const done = (async () => { await writer.write(bytes(0xe2, 0x82)); await writer.write(bytes(0xac)); await writer.close(); })();
      let text = ''; for await (const part of stream.readable) text += part; await done; same(text, '€');`,
    'a fatal decoder stream errors on both sides': `
      const stream = new TextDecoderStream('utf-8', { fatal: true }); const writer = stream.writable.getWriter(); const reader = stream.readable.getReader();
      const write = rejects(TypeError, writer.write(bytes(0xff))); await rejects(TypeError, reader.read()); await write;`,
    'a decoder stream ends what is left open': `
      const stream = new TextDecoderStream(); const writer = stream.writable.getWriter(); const done = (async () => { await writer.write(bytes(0x61, 0xe2)); await writer.close(); })();
      let text = ''; for await (const part of stream.readable) text += part; await done; same(text, 'a\\ufffd');`,
    'an encoder stream joins surrogates that were cut': `
      const stream = new TextEncoderStream(); same(stream.encoding, 'utf-8'); const writer = stream.writable.getWriter();
      const done = (async () => { await writer.write('\\ud83d'); await writer.write('\\ude00'); await writer.close(); })();
      const all = []; for await (const part of stream.readable) { ok(part instanceof Uint8Array); all.push(...part); } await done; same(all, [0xf0, 0x9f, 0x98, 0x80]);`,
    'an encoder stream replaces a surrogate that stays alone': `
      const stream = new TextEncoderStream(); const writer = stream.writable.getWriter(); const done = (async () => { await writer.write('a\\ud83d'); await writer.close(); })();
      const all = []; for await (const part of stream.readable) all.push(...part); await done; same(all, [0x61, 0xef, 0xbf, 0xbd]);`,
  },
};

export const ENCODING_SECTIONS: readonly StandardSection[] = [decoder, encoder, streams];
