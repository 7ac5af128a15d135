import { describe, expect, it } from 'vitest';
import { FS_CODES } from '../../../host/broker/fs/fs-codes.ts';
import type { BrokerOp } from '../../../protocol/messages.ts';
import { type FakeAnswer, runSkill, type SkillRun } from '../../fixtures/run-skill.ts';

const run = (body: string, answer: (op: BrokerOp) => FakeAnswer = () => ({})): SkillRun =>
  runSkill(
    `import fs from 'node:fs/promises'; import { promises, constants } from 'fs'; export const tools = { async t(input, context) { ${body} } };`,
    { answer },
  );

describe('node:fs/promises', () => {
  it('readFile gives bytes, or text with an encoding', () => {
    const made = run(
      `const b = await fs.readFile('/docs/a'); return [b instanceof Uint8Array, [...b], await fs.readFile('/docs/a', 'utf8'), await promises.readFile('/docs/a', { encoding: 'UTF-8' })];`,
      () => ({ parts: [Buffer.from([0xc3])], body: Buffer.from([0xa9, 0xff]) }),
    );
    expect(made.value).toEqual([true, [0xc3, 0xa9, 0xff], 'é\ufffd', 'é\ufffd']);
    expect(made.ops[0]).toEqual({ family: 'fs', method: 'readFile', path: '/docs/a' });
  });

  it('readdir gives names or entries, and says when the listing is cut', () => {
    const value = {
      entries: [
        { name: 'a', kind: 'file' },
        { name: 'b', kind: 'directory' },
        { name: 'c', kind: 'other' },
      ],
      truncated: true,
    };
    const made = run(
      `const d = await fs.readdir('/docs', { withFileTypes: true }); return [await fs.readdir('/docs'), d.map((e) => [e.name, e.parentPath, e.isFile(), e.isDirectory(), e.isSymbolicLink()])];`,
      () => ({ value }),
    );
    expect(made.value).toEqual([
      ['a', 'b', 'c'],
      [
        ['a', '/docs', true, false, false],
        ['b', '/docs', false, true, false],
        ['c', '/docs', false, false, false],
      ],
    ]);
    expect(made.logs[0]).toContain('more entries');
  });

  it('stat gives kind, size and time', () => {
    const made = run(
      `const s = await fs.stat('/docs/a'); return [s.isFile(), s.isDirectory(), s.size, s.mtimeMs, s.mtime.getTime()];`,
      () => ({
        value: { kind: 'file', size: 3, mtimeMs: 2000 },
      }),
    );
    expect(made.value).toEqual([true, false, 3, 2000, 2000]);
  });

  it('access asks for what the mode says', () => {
    const made = run(
      `for (const mode of [undefined, constants.F_OK, constants.R_OK, constants.W_OK, constants.R_OK | constants.W_OK]) await fs.access('/docs/a', mode); return 1;`,
    );
    expect(made.ops.map((op) => (op.family === 'fs' && op.method === 'access' ? op.mode : ''))).toEqual([
      'exists',
      'exists',
      'read',
      'write',
      'write',
    ]);
  });

  it.each(Object.entries(FS_CODES))('%s becomes an error with the POSIX code', (code, row) => {
    const made = run(
      `try { await fs.readFile('/docs/secret'); } catch (e) { return { ...e, message: e.message, error: e instanceof Error }; }`,
      () => ({ code, message: row.toSkill }),
    );
    expect(made.value).toEqual({
      code: row.posix,
      syscall: 'open',
      path: '/docs/secret',
      carapaceCode: code,
      message: `${row.posix}: ${row.toSkill}, open '/docs/secret'`,
      error: true,
    });
  });

  it.each([
    ["fs.readFile('/a', 'latin1')", 'ERR_INVALID_ARG_VALUE'],
    ["fs.readFile('/a', { flag: 'w' })", 'ERR_INVALID_ARG_VALUE'],
    ['fs.readFile(1)', 'ERR_INVALID_ARG_TYPE'],
    ["fs.readFile('/a\\0b')", 'ERR_INVALID_ARG_VALUE'],
    ["fs.readFile({ toString: () => '/a' })", 'ERR_INVALID_ARG_TYPE'],
    ["fs.rename('/a', 2)", 'ERR_INVALID_ARG_TYPE'],
    ["fs.open('/a', 'rw')", 'ERR_INVALID_ARG_VALUE'],
    ["fs.open('/a', 2)", 'ERR_INVALID_ARG_VALUE'],
    ["fs.truncate('/a', -1)", 'ERR_OUT_OF_RANGE'],
    ["fs.truncate('/a', NaN)", 'ERR_OUT_OF_RANGE'],
    ["fs.truncate('/a', 2 ** 53)", 'ERR_OUT_OF_RANGE'],
    ["fs.truncate('/a', '1')", 'ERR_INVALID_ARG_TYPE'],
    ["fs.copyFile('/a', '/b', constants.COPYFILE_FICLONE_FORCE)", 'ERR_INVALID_ARG_VALUE'],
    ["fs.writeFile('/a', 1)", 'ERR_INVALID_ARG_TYPE'],
    ["fs.writeFile('/a', {})", 'ERR_INVALID_ARG_TYPE'],
    ["fs.writeFile('/a', null)", 'ERR_INVALID_ARG_TYPE'],
    ["fs.writeFile('/a', 'x', { flag: 'r' })", 'ERR_INVALID_ARG_VALUE'],
    ["fs.writeFile('/a', 'zz', 'hex')", 'SyntaxError'],
    ["fs.readFile('/' + 'a'.repeat(5000))", 'ENAMETOOLONG'],
    ["fs.readFile('/a', { signal: {} })", 'TypeError'],
  ])('%s rejects without a request', (call, expected) => {
    const made = run(`try { await ${call}; } catch (e) { return e.code ?? e.name; }`);
    expect(made.value).toBe(expected);
    expect(made.ops).toEqual([]);
  });

  it('an aborted signal rejects at once; a later abort cancels at the host', () => {
    const made = run(
      `const c = new AbortController(); const first = fs.readFile('/a', { signal: AbortSignal.abort('early') }).catch((e) => [e.name, e.cause]);
       const second = fs.readFile('/b', { signal: c.signal }).catch((e) => [e.name, e.code, e.cause]); c.abort('late'); return [await first, await second];`,
      () => 'silence',
    );
    expect(made.value).toEqual([
      ['AbortError', 'early'],
      ['AbortError', 20, 'late'],
    ]);
    expect(made.sent.map(({ kind }) => kind)).toEqual(['request', 'cancel', 'result']);
  });

  it('RS-084 requests beyond the limit reject with a code', () => {
    const made = run(
      `const all = await Promise.allSettled(Array.from({ length: 20 }, () => fs.stat('/a'))); return all.filter((r) => r.status === 'rejected').map((r) => r.reason.carapaceCode);`,
      () => ({ value: { kind: 'file', size: 0, mtimeMs: 0 } }),
    );
    expect(made.value).toEqual(['too-many-requests', 'too-many-requests', 'too-many-requests', 'too-many-requests']);
    expect(made.ops).toHaveLength(16);
  });

  it('BD-101 options on __proto__ are like any inherited option and reach the host as nothing', () => {
    const made = run(
      `await fs.readFile('/a', JSON.parse('{"__proto__":{"encoding":"latin1","path":"/etc/passwd"}}')); return 1;`,
    );
    expect(made.value).toBe(1);
    expect(made.ops).toEqual([{ family: 'fs', method: 'readFile', path: '/a' }]);
  });
});
