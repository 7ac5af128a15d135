import { describe, expect, it } from 'vitest';
import { evaluate } from '../../fixtures/run-skill.ts';

const refusals = (attempts: string): unknown =>
  evaluate(
    `return [${attempts}].map((attempt) => { try { attempt(); return 'passed'; } catch (error) { return error.name; } });`,
  );

describe('Blob', () => {
  it('gathers texts, buffers and blobs, and copies them', () => {
    expect(
      evaluate(`const bytes = new Uint8Array([1, 66, 67, 1]); const blob = new Blob(['hé', bytes.subarray(1, 3), bytes.buffer.slice(1, 2), new Blob(['!']), 7]);
      bytes.fill(0); return [blob.size, await blob.text(), (await blob.bytes()).length, (await blob.arrayBuffer()).byteLength, String(blob), new Blob().size, await new Blob().text()];`),
    ).toEqual([8, 'héBCB!7', 8, 8, '[object Blob]', 0, '']);
  });

  it.each([
    ['0, 2', 'ab'],
    ['-2', 'ef'],
    ['1, -1', 'bcde'],
    ['4, 2', ''],
    ['2, 99', 'cdef'],
    ["NaN, '3'", 'abc'],
    ['', 'abcdef'],
  ])('slice(%s)', (args, text) => {
    expect(evaluate(`return await new Blob(['abc', 'def']).slice(${args}).text()`)).toBe(text);
  });

  it('slices of slices and their streams hold their own part', () => {
    expect(
      evaluate(`const part = new Blob(['0123456789']).slice(2, 8).slice(1, 4, 'Text/X'); const pieces = []; for await (const piece of part.stream()) pieces.push(...piece);
      return [await part.text(), part.type, pieces, [...await part.bytes()], [...new Uint8Array(await part.arrayBuffer())]];`),
    ).toEqual(['345', 'text/x', [51, 52, 53], [51, 52, 53], [51, 52, 53]]);
  });

  it('what is read belongs to the reader', () => {
    expect(
      evaluate(
        `const blob = new Blob(['a']); (await blob.bytes())[0] = 66; new Uint8Array(await blob.arrayBuffer())[0] = 66; return await blob.text()`,
      ),
    ).toBe('a');
  });

  it('normalises its type and line ends', () => {
    expect(
      evaluate(
        `return [new Blob([], { type: 'Text/Plain' }).type, new Blob([], { type: 'a\\u00e9' }).type, await new Blob(['a\\r\\nb\\rc\\n'], { endings: 'native' }).text()]`,
      ),
    ).toEqual(['text/plain', '', 'a\nb\nc\n']);
  });

  it('refuses what is no list of parts and options that are none', () => {
    expect(
      refusals(
        `() => new Blob('x'), () => new Blob({}), () => new Blob(null), () => new Blob([], 1), () => new Blob([], { endings: 'x' }), () => Blob([])`,
      ),
    ).toEqual(Array.from({ length: 6 }, () => 'TypeError'));
  });
});

describe('File', () => {
  it('is a blob with a name and a time', () => {
    expect(
      evaluate(`const f = new File(['x'], 'a/b', { type: 't/u', lastModified: 12.7 }); const now = new File([], 1);
      return [f.name, f.type, f.lastModified, f.size, await f.text(), f instanceof Blob, String(f), now.name, now.lastModified > 1e12, f.slice() instanceof File];`),
    ).toEqual(['a/b', 't/u', 12, 1, 'x', true, '[object File]', '1', true, false]);
  });

  it('needs parts', () =>
    expect(refusals(`() => new File(undefined, 'x'), () => new File()`)).toEqual(['TypeError', 'TypeError']));
});
