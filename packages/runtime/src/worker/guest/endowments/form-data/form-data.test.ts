import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../fixtures/run-skill.ts';

describe('FormData', () => {
  it('keeps entries in order, several to a name', () => {
    expect(
      evaluate(`const f = new FormData(); f.append('a', 1); f.append('b', 'x'); f.append('a', '2'); const before = [f.get('a'), f.getAll('a'), f.has('b'), f.get('c')];
      f.set('a', '3'); f.set('c', '4'); f.delete('b'); const seen = []; f.forEach(function (value, name, form) { seen.push(value, name, form === f, this.s); }, { s: 1 });
      return [before, [...f], [...f.keys()], [...f.values()], seen, String(f)];`),
    ).toEqual([
      ['1', ['1', '2'], true, null],
      [
        ['a', '3'],
        ['c', '4'],
      ],
      ['a', 'c'],
      ['3', '4'],
      ['3', 'a', true, 1, '4', 'c', true, 1],
      '[object FormData]',
    ]);
  });

  it('makes files of blobs, named as it is told', () => {
    expect(
      evaluate(`const f = new FormData(); const file = new File(['x'], 'own', { type: 'a/b' }); f.append('a', new Blob(['y'], { type: 'c/d' })); f.append('b', file); f.append('c', file, 'other'); f.append('d', new Blob(), 'named');
      return [[...f.values()].map((v) => [v instanceof File, v.name, v.type, v.size]), f.get('b') === file, await f.get('a').text()];`),
    ).toEqual([
      [
        [true, 'blob', 'c/d', 1],
        [true, 'own', 'a/b', 1],
        [true, 'other', 'a/b', 1],
        [true, 'named', '', 0],
      ],
      true,
      'y',
    ]);
  });

  it('refuses a form and a file name for a text', () => {
    expect(
      evaluate(
        `return [() => new FormData({}), () => new FormData().append('a', 'b', 'c'), () => new FormData().set('a', {}, 'c'), () => new FormData().forEach(1)].map((attempt) => { try { attempt(); return 'passed'; } catch (error) { return error.name; } })`,
      ),
    ).toEqual(['TypeError', 'TypeError', 'TypeError', 'TypeError']);
  });
});

describe('a form as a body', () => {
  it('is multipart/form-data whose names cannot end their line', () => {
    const text =
      evaluate(`const f = new FormData(); f.append('a"\\r\\nx: y', 'l1\\nl2'); f.append('f', new File(['bytes'], 'n"\\n.txt', { type: 'text/x' }));
      const r = new Response(f); const type = r.headers.get('content-type'); return (await r.text()).replaceAll(type.slice(type.indexOf('=') + 1), 'B');`);
    expect(text).toBe(
      [
        '--B',
        'Content-Disposition: form-data; name="a%22%0D%0Ax: y"',
        '',
        'l1',
        'l2',
        '--B',
        'Content-Disposition: form-data; name="f"; filename="n%22%0A.txt"',
        'Content-Type: text/x',
        '',
        'bytes',
        '--B--',
        '',
      ].join('\r\n'),
    );
  });

  it('has another boundary every time', () => {
    expect(
      evaluate(`const type = () => new Response(new FormData()).headers.get('content-type'); return type() === type()`),
    ).toBe(false);
  });

  it('comes back as it was sent', () => {
    const word = fc.string({ unit: 'binary', maxLength: 8 }).map((text) =>
      // A line break is normalised, and these spellings stand for a quote and a line break in what is sent as well.
      text.toWellFormed().replaceAll(/\r\n?|\n|%0A|%0D|%22/gu, '_'),
    );
    const form = fc.array(fc.record({ name: word, value: word, file: fc.boolean() }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(form, { minLength: 20, maxLength: 20 }), (forms) => {
        const back = evaluate(
          `const all = [];
          for (const entries of input) {
            const form = new FormData();
            for (const { name, value, file } of entries) file ? form.append(name, new File([value], value)) : form.append(name, value);
            const out = [];
            for (const [name, value] of await new Response(form).formData()) {
              if (typeof value === 'string') out.push({ name, value, file: false });
              else out.push({ name, value: await value.text(), file: value.name === entries[out.length].value });
            }
            all.push(out);
          }
          return all;`,
          { input: forms },
        );
        expect(back).toEqual(forms);
      }),
      { numRuns: 4 },
    );
  });

  it('is read when it is urlencoded', () => {
    expect(
      evaluate(`const r = new Response(new URLSearchParams([['a', 'b c'], ['?', '&']])); const odd = new Response('?a=%zz&b', { headers: { 'content-type': 'application/x-www-form-urlencoded' } });
      return [[...await r.formData()], [...await odd.formData()]];`),
    ).toEqual([
      [
        ['a', 'b c'],
        ['?', '&'],
      ],
      [
        ['?a', '%zz'],
        ['b', ''],
      ],
    ]);
  });

  it.each([
    ['no boundary', 'multipart/form-data', ''],
    ['another type', 'text/plain', 'a=b'],
    ['nothing', 'multipart/form-data; boundary=B', ''],
    ['no end', 'multipart/form-data; boundary=B', '--B\\r\\nContent-Disposition: form-data; name="a"\\r\\n\\r\\nx'],
    ['no name', 'multipart/form-data; boundary=B', '--B\\r\\nContent-Disposition: form-data\\r\\n\\r\\nx\\r\\n--B--'],
    [
      'an open quote',
      'multipart/form-data; boundary=B',
      '--B\\r\\nContent-Disposition: form-data; name="a\\r\\n\\r\\nx"\\r\\n--B--',
    ],
    ['no colon', 'multipart/form-data; boundary=B', '--B\\r\\nContent-Disposition\\r\\n\\r\\nx\\r\\n--B--'],
    ['no line break', 'multipart/form-data; boundary=B', '--Bx'],
    ['headers without an end', 'multipart/form-data; boundary=B', '--B\\r\\nContent-Disposition: form-data; name="a"'],
  ])('with %s is refused', (_what, type, body) => {
    expect(
      evaluate(
        `return await new Response('${body}', { headers: { 'content-type': '${type}' } }).formData().then(() => 'read', (error) => error.name)`,
      ),
    ).toBe('TypeError');
  });

  it('is read with a quoted boundary, other headers, and the name apart from the file name', () => {
    const body = [
      '--B x',
      'X-Other: 1',
      'content-disposition: form-data;filename="f;name=";name="n"',
      'Content-Type: a/b',
      '',
      'x',
      '--B x--',
    ].join('\\r\\n');
    expect(
      evaluate(
        `const f = await new Response('${body}', { headers: { 'content-type': 'Multipart/Form-Data; Boundary="B x"' } }).formData(); const [[name, file]] = f; return [name, file.name, file.type, await file.text()];`,
      ),
    ).toEqual(['n', 'f;name=', 'a/b', 'x']);
  });
});
