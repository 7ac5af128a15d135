import { describe, expect, it } from 'vitest';
import type { BrokerOp } from '../../../../protocol/messages.ts';
import { FakeFiles } from '../../../fixtures/fake-files.ts';
import { type FakeAnswer, runSkill, type SkillRunOptions } from '../../../fixtures/run-skill.ts';

function value(answer: NonNullable<SkillRunOptions['answer']>, body: string): unknown {
  const source = `import fs from 'node:fs/promises'; export const tools = { async t() { ${body} } };`;
  const made = runSkill(source, { answer });
  expect(made.failure).toBeUndefined();
  return made.value;
}

describe('opendir', () => {
  it('gives every name, then null', () => {
    const host = new FakeFiles({ '/m/a': '', '/m/b': '', '/m/c': '' });
    const made = value(
      host.answer,
      `const d = await fs.opendir('/m'); const all = []; for (let e = await d.read(); e !== null; e = await d.read()) all.push([e.name, e.parentPath, e.isFile()]);
       all.push(await d.read()); await d.close(); return [d.path, all, await d.read().catch((e) => e.code), await d.close().catch((e) => e.code)];`,
    );
    expect(made).toEqual([
      '/m',
      [['a', '/m', true], ['b', '/m', true], ['c', '/m', true], null],
      'ERR_DIR_CLOSED',
      'ERR_DIR_CLOSED',
    ]);
    expect(host.openHandles).toBe(0);
  });

  it('is closed by a loop, also by one that is left early', () => {
    const host = new FakeFiles({ '/m/a': '', '/m/b': '', '/m/c': '' });
    const made = value(
      host.answer,
      `const all = []; for await (const e of await fs.opendir('/m')) all.push(e.name); for await (const e of await fs.opendir('/m')) { all.push(e.name); break; } return all;`,
    );
    expect(made).toEqual(['a', 'b', 'c', 'a']);
    expect(host.openHandles).toBe(0);
  });

  it('two reads at once get two names', () => {
    const host = new FakeFiles({ '/m/a': '', '/m/b': '' });
    const body = `const d = await fs.opendir('/m'); return (await Promise.all([d.read(), d.read(), d.read()])).map((e) => e?.name ?? null);`;
    expect(value(host.answer, body)).toEqual(['a', 'b', null]);
  });
});

describe('readdir', () => {
  const TREE: Readonly<Record<string, readonly { name: string; kind: string }[]>> = {
    '/m': [
      { name: 'a', kind: 'file' },
      { name: 'sub', kind: 'directory' },
    ],
    '/m/sub': [
      { name: 'b', kind: 'file' },
      { name: 'deep', kind: 'directory' },
    ],
    '/m/sub/deep': [{ name: 'c', kind: 'other' }],
  };
  const answer = (op: BrokerOp): FakeAnswer =>
    op.family === 'fs' && op.method === 'readdir' && TREE[op.path] !== undefined
      ? { value: { entries: TREE[op.path], truncated: false } }
      : { code: 'ERR_CARAPACE_FS_NOT_FOUND', message: 'no' };

  it('recursive lists what is below, with the path from the top', () => {
    expect(value(answer, `return fs.readdir('/m', { recursive: true });`)).toEqual([
      'a',
      'sub',
      'sub/b',
      'sub/deep',
      'sub/deep/c',
    ]);
    const typed = `return (await fs.readdir('/m/sub', { recursive: true, withFileTypes: true })).map((e) => e.parentPath + ' ' + e.name);`;
    expect(value(answer, typed)).toEqual(['/m/sub b', '/m/sub deep', '/m/sub/deep c']);
  });
});
