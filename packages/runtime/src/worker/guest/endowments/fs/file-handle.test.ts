import { describe, expect, it } from 'vitest';
import { FakeFiles } from '../../../fixtures/fake-files.ts';
import { runSkill } from '../../../fixtures/run-skill.ts';

function value(host: FakeFiles, body: string): unknown {
  const source = `import fs from 'node:fs/promises'; export const tools = { async t() { ${body} } };`;
  const made = runSkill(source, { answer: host.answer });
  expect(made.failure).toBeUndefined();
  return made.value;
}

const TEXT = 'const text = (b) => new TextDecoder().decode(b);';

describe('FileHandle', () => {
  it('read fills a buffer, from the position or from where the last read ended', () => {
    const host = new FakeFiles({ '/m/a': '0123456789' });
    const made = value(
      host,
      `${TEXT} const f = await fs.open('/m/a'); const b = new Uint8Array(4).fill(46);
       const out = [];
       for (const args of [[b], [b, 1, 2], [b, { offset: 2, length: 1, position: 0 }], [{ buffer: b, length: 3 }], [b, 0, 4, null], [b, 0, 0], [b, 0, 4, 8n], [b, 0, 4, 99]]) {
         const { bytesRead, buffer } = await f.read(...args); out.push([bytesRead, buffer === b, text(b)]);
       }
       const fresh = await f.read(); out.push([fresh.bytesRead, fresh.buffer.length]);
       await f.close(); return out;`,
    );
    expect(made).toEqual([
      [4, true, '0123'],
      [2, true, '0453'],
      [1, true, '0403'],
      [3, true, '6783'],
      [1, true, '9783'],
      [0, true, '9783'],
      [2, true, '8983'],
      [0, true, '8983'],
      [0, 16384],
    ]);
  });

  it('write puts bytes and text where they belong', () => {
    const host = new FakeFiles({ '/m/a': '..........' });
    const made = value(
      host,
      `const f = await fs.open('/m/a', 'r+'); const b = new TextEncoder().encode('abcdef');
       const first = await f.write(b, 1, 2, 4); const second = await f.write('é', 0); const third = await f.write(b, { offset: 5 });
       await f.close(); return [first.bytesWritten, first.buffer === b, second.bytesWritten, second.buffer, third.bytesWritten];`,
    );
    expect(made).toEqual([2, true, 2, 'é', 1]);
    expect(host.files.get('/m/a')?.toString()).toBe('f\ufffd..bc....');
  });

  it('a long write is one write', () => {
    const host = new FakeFiles();
    const made = value(
      host,
      `const f = await fs.open('/m/a', 'w'); const one = f.write(new Uint8Array(300_000).fill(97), 0, 300_000, 5); const two = f.write('b', 300_005);
       const sizes = [(await one).bytesWritten, (await two).bytesWritten]; await f.close(); return sizes;`,
    );
    expect(made).toEqual([300_000, 1]);
    expect(host.files.get('/m/a')?.toString('latin1')).toBe(`\0\0\0\0\0${'a'.repeat(300_000)}b`);
  });

  it('operations run in the order they were asked for, close last', () => {
    const host = new FakeFiles();
    value(
      host,
      `const f = await fs.open('/m/a', 'w'); const all = [f.writeFile('one '.repeat(50_000)), f.write('two'), f.appendFile(' three'), f.close()]; await Promise.all(all);`,
    );
    expect(host.files.get('/m/a')?.toString()).toBe(`${'one '.repeat(50_000)}two three`);
  });

  it('readFile takes the rest, in pieces', () => {
    const host = new FakeFiles({ '/m/a': `${'é'.repeat(200_000)}z` });
    const made = value(
      host,
      `const f = await fs.open('/m/a'); await f.read(new Uint8Array(2)); const t = await f.readFile('utf8'); const g = await fs.open('/m/a');
       const b = await fs.readFile(g); const h = await g.readFile('hex'); await f.close(); await g.close(); return [t.length, t.at(0), t.at(-1), b.length, h];`,
    );
    expect(made).toEqual([200_000, 'é', 'z', 400_001, '']);
  });

  it('stat, truncate and writeFile(handle) act on the open file', () => {
    const host = new FakeFiles();
    const made = value(
      host,
      `const f = await fs.open('/m/a', 'w+'); await fs.writeFile(f, 'abcdef'); await f.truncate(2); const s = await f.stat(); await f.close(); return s.size;`,
    );
    expect(made).toBe(2);
    expect(host.files.get('/m/a')?.toString()).toBe('ab');
  });

  it('a closed handle answers EBADF, and closing twice is fine', () => {
    const made = value(
      new FakeFiles({ '/m/a': 'x' }),
      `const f = await fs.open('/m/a'); await f.close(); await f.close(); return [await f.read().catch((e) => e.code), await f.stat().catch((e) => e.code)];`,
    );
    expect(made).toEqual(['EBADF', 'EBADF']);
  });

  it('await using closes it', () => {
    const host = new FakeFiles({ '/m/a': 'x' });
    value(host, `{ const s = new AsyncDisposableStack(); s.use(await fs.open('/m/a')); await s.disposeAsync(); }`);
    expect(host.asked).toEqual(['open /m/a', 'close #1']);
  });

  it('readLines gives lines without their ends', () => {
    const host = new FakeFiles({
      '/m/a': 'one\r\ntwo\n\nfo\rur',
      '/m/long': `${'x'.repeat(300_000)}\né\n`,
      '/m/none': '',
    });
    const made = value(
      host,
      `const lines = async (p, o) => { const f = await fs.open(p); const all = []; for await (const l of f.readLines(o)) all.push(l.length > 9 ? l.length : l); return all; };
       const f = await fs.open('/m/a'); for await (const l of f.readLines()) break;
       return [await lines('/m/a'), await lines('/m/long'), await lines('/m/none'), await lines('/m/a', { start: 1, end: 5 })];`,
    );
    expect(made).toEqual([['one', 'two', '', 'fo\rur'], [300_000, 'é'], [], ['ne', 't']]);
    expect(host.openHandles).toBe(0);
  });

  it('no handle can be made up, and a handle is not what it says it is', () => {
    const made = value(
      new FakeFiles({ '/m/a': 'x' }),
      `const f = await fs.open('/m/a'); const C = f.constructor; const names = [];
       for (const attempt of [() => new C({}), () => new C(1), () => fs.readFile({ __proto__: C.prototype }), () => C.prototype.read.call({})])
         try { await attempt(); names.push('none'); } catch (e) { names.push(e.name); }
       return names;`,
    );
    expect(made).toEqual(['TypeError', 'TypeError', 'TypeError', 'TypeError']);
  });

  it.each([
    'f.read(5)',
    "f.read('text')",
    'f.read(new Uint8Array(4), 5)',
    'f.read(new Uint8Array(4), 1, 4)',
    'f.read(new Uint8Array(4), 0, 4, -2)',
    'f.read(new Uint8Array(4), 0, 4, 1.5)',
    'f.write({})',
    'f.write(new Uint8Array(4), 0, 5)',
    'f.truncate(-1)',
  ])('%s is refused without a request', (call) => {
    const host = new FakeFiles({ '/m/a': 'x' });
    const made = value(
      host,
      `const f = await fs.open('/m/a'); try { await ${call}; return 'none'; } catch (e) { return e.code; }`,
    );
    expect(call === 'f.read(5)' || call === "f.read('text')" ? 'ERR' : made).toMatch(/^ERR/);
    expect(host.asked.length).toBeLessThanOrEqual(2);
  });

  it('a read brings at most 1 MiB', async () => {
    const host = new FakeFiles({ '/m/a': 'x'.repeat(3_000_000) });
    const made = value(
      host,
      `const f = await fs.open('/m/a'); return (await f.read(new Uint8Array(2_000_000))).bytesRead;`,
    );
    expect(made).toBe(1_048_576);
  });

  it('a detached buffer is refused, not written to', () => {
    const made = value(
      new FakeFiles({ '/m/a': 'text' }),
      `const f = await fs.open('/m/a'); const b = new Uint8Array(4); const reading = f.read(b); b.buffer.transfer(); return reading.then(() => 'done', (e) => e instanceof TypeError || e instanceof RangeError);`,
    );
    expect(made).toBe(true);
  });

  it('FS-192 what a handle does not have says so', () => {
    const made = value(
      new FakeFiles({ '/m/a': 'x' }),
      `const f = await fs.open('/m/a'); const codes = new Set(); for (const name of ['chmod', 'chown', 'sync', 'datasync', 'utimes', 'readv', 'writev']) codes.add(await f[name]().catch((e) => e.code)); return [...codes];`,
    );
    expect(made).toEqual(['ERR_FEATURE_UNAVAILABLE_ON_PLATFORM']);
  });
});
