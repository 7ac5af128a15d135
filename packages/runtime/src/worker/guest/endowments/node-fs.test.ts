import { describe, expect, it } from 'vitest';
import { FakeFiles } from '../../fixtures/fake-files.ts';
import { runSkill } from '../../fixtures/run-skill.ts';

function value(host: FakeFiles, body: string): unknown {
  const source = `import * as fs from 'node:fs'; import * as promises from 'node:fs/promises'; export const tools = { async t() { ${body} } };`;
  const made = runSkill(source, { answer: host.answer, limits: { requests: 64 } });
  expect(made.failure).toBeUndefined();
  return made.value;
}

describe('streams of node:fs', () => {
  it('createReadStream gives bytes, or whole characters with an encoding', () => {
    const host = new FakeFiles({ '/m/a': 'aé'.repeat(3) });
    const made = value(
      host,
      `const out = []; for await (const piece of fs.createReadStream('/m/a', { highWaterMark: 2 })) out.push(piece.length);
       let text = ''; for await (const piece of fs.createReadStream('/m/a', { encoding: 'utf8', highWaterMark: 2 })) text += piece;
       let part = ''; for await (const piece of fs.createReadStream('/m/a', { encoding: 'utf8', start: 3, end: 5 })) part += piece;
       return [out, text, part];`,
    );
    expect(made).toEqual([[2, 2, 2, 2, 1], 'aéaéaé', 'aé']);
    expect(host.openHandles).toBe(0);
  });

  it('a reader that stops closes the file; a file that is not there fails the stream', () => {
    const host = new FakeFiles({ '/m/a': 'x'.repeat(1000) });
    const made = value(
      host,
      `for await (const piece of fs.createReadStream('/m/a', { highWaterMark: 10 })) break;
       try { for await (const piece of fs.createReadStream('/m/none')); } catch (e) { return e.code; }`,
    );
    expect(made).toBe('ENOENT');
    expect(host.openHandles).toBe(0);
  });

  it('createWriteStream writes what is piped into it when it is closed, and nothing when it is aborted', () => {
    const host = new FakeFiles({ '/m/a': 'old', '/m/src': 'x'.repeat(600_000) });
    value(
      host,
      `await fs.createReadStream('/m/src').pipeTo(fs.createWriteStream('/m/copy'));
       const w = fs.createWriteStream('/m/b').getWriter(); await w.write('one '); await w.write(new TextEncoder().encode('two')); await w.close();
       const x = fs.createWriteStream('/m/a').getWriter(); await x.write('new'); await x.abort();`,
    );
    expect(host.files.get('/m/copy')?.length).toBe(600_000);
    expect(host.files.get('/m/b')?.toString()).toBe('one two');
    expect(host.files.get('/m/a')?.toString()).toBe('old');
    expect(host.openHandles).toBe(0);
  });

  it('an abort ends a stream and closes its file', () => {
    const host = new FakeFiles({ '/m/a': 'x'.repeat(1000) });
    const made = value(
      host,
      `const c = new AbortController();
       try { for await (const piece of fs.createReadStream('/m/a', { highWaterMark: 10, signal: c.signal })) c.abort('enough'); } catch (e) { return [e.name, e.cause]; }`,
    );
    expect(made).toEqual(['AbortError', 'enough']);
    expect(host.openHandles).toBe(0);
  });

  it.each(['{ start: -1 }', '{ end: 1.5 }', '{ highWaterMark: 2 ** 21 }', "{ encoding: 'latin1' }"])(
    'createReadStream refuses %s',
    (options) => {
      const host = new FakeFiles();
      expect(value(host, `try { fs.createReadStream('/m/a', ${options}); } catch (e) { return e.code; }`)).toMatch(
        /^ERR_/,
      );
      expect(host.asked).toEqual([]);
    },
  );

  it('a handle has streams too', () => {
    const host = new FakeFiles({ '/m/a': 'abcdef' });
    const made = value(
      host,
      `const read = async (s) => { let n = ''; for await (const p of s) n += new TextDecoder().decode(p); return n; };
       const f = await fs.promises.open('/m/a', 'r+'); const first = await read(f.readableWebStream()); const g = await fs.promises.open('/m/a');
       const second = await read(g.createReadStream({ start: 2 })); const w = f.createWriteStream({ start: 1 }).getWriter(); await w.write('X'); await w.write('Y'); await w.close();
       return [first, second, await g.stat().catch((e) => e.code)];`,
    );
    expect(made).toEqual(['abcdef', 'cdef', 'EBADF']);
    expect(host.files.get('/m/a')?.toString()).toBe('aXYdef');
    expect(host.openHandles).toBe(0);
  });
});

describe('node:fs', () => {
  it('has the callback forms', () => {
    const host = new FakeFiles({ '/m/a': 'text' });
    const made = value(
      host,
      `const call = (name, ...args) => new Promise((resolve) => fs[name](...args, (error, value) => resolve([error?.code ?? error, value])));
       return [await call('readFile', '/m/a', 'utf8'), await call('readFile', '/m/none'), await call('writeFile', '/m/b', 'x'), await call('rm', '/m/b'), (await call('stat', '/m/a'))[1].size];`,
    );
    expect(made).toEqual([[null, 'text'], ['ENOENT', null], [null, null], [null, null], 4]);
  });

  it('a callback form without a callback throws, a callback that throws is logged', () => {
    const host = new FakeFiles({ '/m/a': 'text' });
    const made = runSkill(
      `import fs from 'fs'; export const tools = { async t() { try { fs.readFile('/m/a'); } catch (e) { fs.readFile('/m/a', () => { throw new Error('in the callback'); }); await fs.promises.stat('/m/a'); return e.code; } } };`,
      { answer: host.answer },
    );
    expect(made.value).toBe('ERR_INVALID_ARG_TYPE');
    expect(made.logs.join()).toContain('in the callback');
  });

  it('FS-192 what is not offered exists and says so', () => {
    const made = value(
      new FakeFiles(),
      `const codes = {}; const ask = async (from, name) => { try { await from[name]('/m/a', () => {}); return 'none'; } catch (e) { return e.code; } };
       for (const [kind, from, names] of [
         ['promises', promises, ['chmod', 'chown', 'cp', 'glob', 'lchmod', 'lchown', 'link', 'lutimes', 'mkdtemp', 'readlink', 'statfs', 'symlink', 'utimes', 'watch']],
         ['fs', fs, Object.keys(fs).filter((name) => name.endsWith('Sync') || ['watch', 'watchFile', 'unwatchFile', 'open', 'read', 'symlink', 'chmod'].includes(name))],
       ]) for (const name of names) { const code = await ask(from, name); (codes[kind] ??= new Set()).add(code); }
       return [[...codes.promises], [...codes.fs]];`,
    );
    expect(made).toEqual([['ERR_FEATURE_UNAVAILABLE_ON_PLATFORM'], ['ERR_FEATURE_UNAVAILABLE_ON_PLATFORM']]);
  });
});
