import { describe, expect, it } from 'vitest';
import type { BrokerOp } from '../../../../protocol/messages.ts';
import { type FakeAnswer, runSkill } from '../../../fixtures/run-skill.ts';

function run(body: string, answer: (op: BrokerOp) => FakeAnswer = () => ({})): { value: unknown; ops: unknown } {
  const made = runSkill(`import fs from 'node:fs/promises'; export const tools = { async t() { ${body} } };`, {
    answer,
  });
  expect(made.failure).toBeUndefined();
  return made;
}

describe('operations on the tree', () => {
  it.each([
    ["fs.mkdir('/m/a')", { method: 'mkdir', path: '/m/a', recursive: false }],
    ["fs.mkdir('/m/a/b', { recursive: true, mode: 0o777 })", { method: 'mkdir', path: '/m/a/b', recursive: true }],
    ["fs.rmdir('/m/a')", { method: 'rm', path: '/m/a', target: 'directory', recursive: false }],
    ["fs.unlink('/m/a')", { method: 'rm', path: '/m/a', target: 'file', recursive: false }],
    ["fs.rm('/m/a')", { method: 'rm', path: '/m/a', target: 'file', recursive: false }],
    ["fs.rm('/m/a', { recursive: true })", { method: 'rm', path: '/m/a', target: 'any', recursive: true }],
    ["fs.rename('/m/a', '/m/b')", { method: 'rename', path: '/m/a', to: '/m/b' }],
    ["fs.copyFile('/m/a', '/m/b')", { method: 'copyFile', path: '/m/a', to: '/m/b', exclusive: false }],
    ["fs.copyFile('/m/a', '/m/b', 1)", { method: 'copyFile', path: '/m/a', to: '/m/b', exclusive: true }],
    ["fs.truncate('/m/a')", { method: 'truncate', path: '/m/a', length: 0 }],
    ["fs.truncate('/m/a', 7)", { method: 'truncate', path: '/m/a', length: 7 }],
  ])('%s asks for that and answers nothing', (call, op) => {
    const made = run(`return (await ${call}) === undefined;`);
    expect(made.value).toBe(true);
    expect(made.ops).toEqual([{ family: 'fs', ...op }]);
  });

  const missing = (): FakeAnswer => ({
    code: 'ERR_CARAPACE_FS_NOT_FOUND',
    message: 'Cannot open path: it does not exist',
  });
  const forbidden = (): FakeAnswer => ({ code: 'ERR_CARAPACE_PERMISSION_FS_SCOPE', message: 'Cannot open path: no' });

  it('rm with force is content when nothing is there, and with nothing else', () => {
    const body = `const c = (p) => p.then(() => 'done', (e) => e.code); return [await c(fs.rm('/m/a', { force: true })), await c(fs.rm('/m/a'))];`;
    expect(run(body, missing).value).toEqual(['done', 'ENOENT']);
    expect(run(body, forbidden).value).toEqual(['EACCES', 'EACCES']);
  });

  it('the error of a rename names both paths', () => {
    const body = `try { await fs.rename('/m/a', '/m/b'); } catch (e) { return { ...e, message: e.message }; }`;
    expect(run(body, missing).value).toEqual({
      code: 'ENOENT',
      syscall: 'rename',
      path: '/m/a',
      dest: '/m/b',
      carapaceCode: 'ERR_CARAPACE_FS_NOT_FOUND',
      message: "ENOENT: Cannot open path: it does not exist, rename '/m/a' -> '/m/b'",
    });
  });

  it('realpath answers the path itself, if something is there', () => {
    const body = `return [await fs.realpath('/m/a/'), await fs.realpath('/'), (await fs.lstat('/m/a')).isFile()];`;
    const made = run(body, () => ({ value: { kind: 'file', size: 1, mtimeMs: 0 } }));
    expect(made.value).toEqual(['/m/a', '/', true]);
    expect(run(`return fs.realpath('/m/a').catch((e) => e.syscall);`, missing).value).toBe('realpath');
  });
});
