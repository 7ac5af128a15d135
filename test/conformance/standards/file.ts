import type { StandardSection } from './section.ts';

const blob: StandardSection = {
  title: 'File API §3 Blob',
  cases: {
    'of nothing it is empty': `const blob = new Blob(); same([blob.size, blob.type, await blob.text()], [0, '', '']);`,
    'joins text, buffers, views and blobs': `
      const buffer = bytes(0x63, 0x64, 0x65).buffer; const blob = new Blob(['a', bytes(0x62), buffer, new DataView(buffer, 1, 1), new Blob(['€'])]);
      same([blob.size, await blob.text()], [9, 'abcded€']);`,
    'other parts are made text': `same(await new Blob([1, null, { toString: () => 'x' }]).text(), '1nullx');`,
    'takes any iterable and nothing else': `same(await new Blob(new Set(['a', 'b'])).text(), 'ab'); throws(TypeError, () => new Blob('ab')); throws(TypeError, () => new Blob(1)); throws(TypeError, () => new Blob({}));`,
    'the type is lower case; outside printable ASCII it is dropped': `same([new Blob([], { type: 'Text/PLAIN' }).type, new Blob([], { type: 'té' }).type, new Blob([], { type: 'a\\u0007b' }).type], ['text/plain', '', '']);`,
    'slice counts from both ends and takes a type': `
      const blob = new Blob(['abcdef'], { type: 'text/plain' }); const texts = [];
      for (const [start, end] of [[1, 3], [-2], [0, -4], [4, 2], [2, 99], [undefined, 1]]) texts.push(await blob.slice(start, end).text());
      same(texts, ['bc', 'ef', 'ab', '', 'cdef', 'a']); same([blob.slice(0, 1).type, blob.slice(0, 1, 'X/Y').type], ['', 'x/y']);`,
    'arrayBuffer and bytes are copies': `const blob = new Blob(['ab']); const buffer = await blob.arrayBuffer(); new Uint8Array(buffer)[0] = 0; same(new Uint8Array(await blob.arrayBuffer()), bytes(0x61, 0x62)); const raw = await blob.bytes(); ok(raw instanceof Uint8Array); same(raw, bytes(0x61, 0x62));`,
    'later changes of a buffer do not reach it': `const source = bytes(0x61); const blob = new Blob([source]); source[0] = 0x62; same(await blob.text(), 'a');`,
    'text replaces what is no UTF-8': `same(await new Blob([bytes(0xff, 0x61)]).text(), '\\ufffda');`,
    'stream gives its bytes': `const all = []; for await (const part of new Blob(['abc']).stream()) { ok(part instanceof Uint8Array); all.push(...part); } same(all, [0x61, 0x62, 0x63]);`,
    'endings: native is accepted, anything else is a TypeError': `ok(new Blob(['a\\n'], { endings: 'native' }).size >= 2); throws(TypeError, () => new Blob([], { endings: 'x' }));`,
    'has a string tag': `same(Object.prototype.toString.call(new Blob()), '[object Blob]');`,
  },
  notSupported: { 'URLs for blobs': 'there is no store of objects that a URL could name' },
};

const file: StandardSection = {
  title: 'File API §4 File',
  cases: {
    'is a Blob with name and time': `const file = new File(['ab'], 'x.txt', { type: 'text/plain', lastModified: 5 }); ok(file instanceof Blob); same([file.name, file.size, file.type, file.lastModified, await file.text()], ['x.txt', 2, 'text/plain', 5, 'ab']);`,
    'the time is now by default': `const before = Date.now(); const { lastModified } = new File([], 'x'); ok(lastModified >= before && lastModified <= Date.now());`,
    'the name is kept as it is, the class is needed': `same(new File([], 'a/b:c').name, 'a/b:c'); throws(TypeError, () => new File([])); throws(TypeError, () => new File('x', 'y'));`,
    'a slice is a Blob': `const part = new File(['abc'], 'x').slice(1); ok(!(part instanceof File)); same(await part.text(), 'bc');`,
    'has a string tag': `same(Object.prototype.toString.call(new File([], 'x')), '[object File]');`,
  },
  notSupported: { FileReader: 'a Blob has text(), bytes() and stream()', FileList: 'there is no input element' },
};

const formData: StandardSection = {
  title: 'XMLHttpRequest §4.3 FormData',
  cases: {
    'append, get, getAll, has, delete and set': `
      const form = new FormData(); form.append('a', 1); form.append('a', '2'); form.append('b', 'x');
      same([form.get('a'), form.getAll('a'), form.has('a'), form.get('z'), form.getAll('z')], ['1', ['1', '2'], true, null, []]);
      form.set('a', 9); same([...form], [['a', '9'], ['b', 'x']]); form.delete('a'); same([form.has('a'), form.has('b')], [false, true]);`,
    'a Blob becomes a File that is called blob, or as asked': `
      const form = new FormData(); form.append('f', new Blob(['x'], { type: 'text/plain' })); form.append('g', new Blob(['y']), 'n.txt'); const f = form.get('f');
      ok(f instanceof File); same([f.name, f.type, await f.text(), form.get('g').name], ['blob', 'text/plain', 'x', 'n.txt']);`,
    'a File stays what it is, another name makes a new one': `const file = new File(['x'], 'a', { lastModified: 3 }); const form = new FormData(); form.append('f', file); form.append('f', file, 'b'); const [one, two] = form.getAll('f'); same([one.name, one.lastModified, two.name], ['a', 3, 'b']);`,
    'a file name for text is a TypeError': `throws(TypeError, () => new FormData().append('a', 'b', 'c')); throws(TypeError, () => new FormData().set('a', {}, 'c'));`,
    'missing arguments are TypeErrors': `const form = new FormData(); throws(TypeError, () => form.append('a')); throws(TypeError, () => form.set('a')); throws(TypeError, () => form.get());`,
    'iterates in the order of adding': `const form = new FormData(); form.append('b', 1); form.append('a', 2); form.append('b', 3); same([...form.keys()], ['b', 'a', 'b']); same([...form.values()], ['1', '2', '3']); ok(form[Symbol.iterator] === form.entries); const seen = []; form.forEach((value, name, all) => seen.push(value, name, all === form)); same(seen.slice(0, 3), ['1', 'b', true]);`,
    'names and values are well-formed text': `const form = new FormData(); form.append('\\ud800', '\\udc00'); same([...form], [['\\ufffd', '\\ufffd']]);`,
    'a form element cannot be given': `throws(TypeError, () => new FormData({}));`,
    'has a string tag': `same(Object.prototype.toString.call(new FormData()), '[object FormData]');`,
  },
};

export const FILE_SECTIONS: readonly StandardSection[] = [blob, file, formData];
