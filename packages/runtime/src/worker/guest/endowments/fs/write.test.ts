import { describe, expect, it } from 'vitest';
import { MAX_REQUEST_BODY_BYTES } from '../../../../protocol/messages.ts';
import { FakeFiles } from '../../../fixtures/fake-files.ts';
import { runSkill, type SkillRun } from '../../../fixtures/run-skill.ts';

function run(host: FakeFiles, body: string): SkillRun {
  const source = `import fs from 'node:fs/promises'; export const tools = { async t() { ${body} } };`;
  const made = runSkill(source, { answer: host.answer });
  expect(made.failure).toBeUndefined();
  return made;
}

describe('writeFile and appendFile', () => {
  it.each([
    ["fs.writeFile('/m/a', 'héllo')", 'héllo'],
    ["fs.writeFile('/m/a', new TextEncoder().encode('bytes').subarray(1, 3))", 'yt'],
    ["fs.writeFile('/m/a', new TextEncoder().encode('buffer').buffer)", 'buffer'],
    ["fs.writeFile('/m/a', new DataView(new TextEncoder().encode('view').buffer, 1))", 'iew'],
    ["fs.writeFile('/m/a', 'aMOpbGxv', 'base64')", 'héllo'],
    ["fs.writeFile('/m/a', '68c3a9', { encoding: 'hex' })", 'hé'],
    ["fs.writeFile('/m/a', '')", ''],
    ["fs.writeFile('/m/a', 'lone \\ud800')", 'lone \ufffd'],
    ["fs.appendFile('/m/a', ' more')", 'old more'],
    ["fs.writeFile('/m/a', ' more', { flag: 'a' })", 'old more'],
    ["fs.writeFile('/m/new', 'x', { flag: 'wx' })", 'old'],
  ])('%s goes out in one request', (call, expected) => {
    const host = new FakeFiles({ '/m/a': 'old' });
    run(host, `await ${call};`);
    expect(host.asked).toHaveLength(1);
    expect(host.files.get('/m/a')?.toString()).toBe(expected);
  });

  it('wx does not replace', () => {
    const host = new FakeFiles({ '/m/a': 'old' });
    const made = run(host, `return fs.writeFile('/m/a', 'x', { flag: 'wx' }).catch((e) => e.code);`);
    expect(made.value).toBe('EEXIST');
  });

  it('what is longer than one request goes piece by piece, and characters stay whole', () => {
    const host = new FakeFiles({ '/m/a': 'old' });
    // Four bytes a character and an odd offset: a cut after a fixed number of code units would split one.
    const made = run(
      host,
      `const text = 'x' + '😀'.repeat(100_000); await fs.writeFile('/m/a', text); return text.length;`,
    );
    expect(made.value).toBe(200_001);
    expect(host.files.get('/m/a')?.toString()).toBe(`x${'😀'.repeat(100_000)}`);
    expect(host.asked.map((line) => line.split(' ')[0])).toEqual(['open', 'write', 'write', 'write', 'close']);
    expect(host.openHandles).toBe(0);
  });

  it('bytes of exactly one body need one request, one more needs several', () => {
    const host = new FakeFiles();
    run(host, `await fs.writeFile('/m/a', new Uint8Array(${MAX_REQUEST_BODY_BYTES}).fill(7));`);
    expect(host.asked).toEqual(['writeFile /m/a']);
    run(host, `await fs.writeFile('/m/b', new Uint8Array(${MAX_REQUEST_BODY_BYTES + 1}).fill(7));`);
    expect(host.asked.slice(1).map((line) => line.split(' ')[0])).toEqual(['open', 'write', 'write', 'close']);
    expect(host.files.get('/m/b')).toEqual(Buffer.alloc(MAX_REQUEST_BODY_BYTES + 1, 7));
  });

  it('a failure in the middle leaves the old file and no open handle', () => {
    const host = new FakeFiles({ '/m/a': 'old' });
    host.failing = 'write';
    const made = run(
      host,
      `return fs.writeFile('/m/a', 'x'.repeat(300_000)).catch((e) => [e.code, e.syscall, e.path]);`,
    );
    expect(made.value).toEqual(['EIO', 'write', '/m/a']);
    expect(host.files.get('/m/a')?.toString()).toBe('old');
    expect(host.openHandles).toBe(0);
  });

  it('a failed close is told', () => {
    const host = new FakeFiles();
    host.failing = 'close';
    expect(run(host, `return fs.writeFile('/m/a', 'x'.repeat(300_000)).catch((e) => e.syscall);`).value).toBe('close');
  });

  it.each([
    ['a generator', `function* () { yield 'one '; yield new TextEncoder().encode('two'); }`],
    ['an asynchronous generator', `async function* () { yield 'one '; await null; yield Promise.resolve('two'); }`],
    ['a list', `() => ['one ', '', 'two']`],
  ])('%s is written as it comes', (_name, source) => {
    const host = new FakeFiles({ '/m/a': 'old' });
    run(host, `await fs.writeFile('/m/a', (${source})());`);
    expect(host.files.get('/m/a')?.toString()).toBe('one two');
  });

  it('an iterable that fails, or yields what cannot be written, leaves the old file and is ended', () => {
    const host = new FakeFiles({ '/m/a': 'old' });
    const made = run(
      host,
      `const seen = [];
       const own = { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }), return: () => { seen.push('ended'); return {}; } }) };
       async function* broken() { yield 'one'; throw new RangeError('broken'); }
       seen.push(await fs.writeFile('/m/a', own).catch((e) => e.code), await fs.writeFile('/m/a', broken()).catch((e) => e.name));
       return seen;`,
    );
    expect(made.value).toEqual(['ended', 'ERR_INVALID_ARG_TYPE', 'RangeError']);
    expect(host.files.get('/m/a')?.toString()).toBe('old');
    expect(host.openHandles).toBe(0);
  });

  it('an abort ends a long write and leaves the old file', () => {
    const host = new FakeFiles({ '/m/a': 'old' });
    const made = run(
      host,
      `const c = new AbortController();
       async function* endless() { for (let i = 0; ; i += 1) { if (i === 3) c.abort('enough'); yield 'piece'; } }
       const late = await fs.writeFile('/m/a', endless(), { signal: c.signal }).catch((e) => [e.name, e.cause]);
       const early = await fs.writeFile('/m/a', 'x', { signal: AbortSignal.abort() }).catch((e) => e.name);
       return [late, early];`,
    );
    expect(made.value).toEqual([['AbortError', 'enough'], 'AbortError']);
    expect(host.files.get('/m/a')?.toString()).toBe('old');
    expect(host.openHandles).toBe(0);
  });

  it('BD-101 an option is read once', () => {
    const host = new FakeFiles();
    const made = run(
      host,
      `const reads = {};
       const options = new Proxy({}, { get(_target, key) { reads[String(key)] = (reads[String(key)] ?? 0) + 1; return undefined; } });
       await fs.writeFile('/m/a', 'x', options); await fs.readFile('/m/a', options); return reads;`,
    );
    expect(made.value).toEqual({ encoding: 2, flag: 2, signal: 2 });
  });
});
