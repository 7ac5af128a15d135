import { readdirSync, readFileSync, statSync } from 'node:fs';
import { link, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { perform } from './fixtures/ask-broker.ts';
import { ALL, ruleOf } from './fixtures/change-ops.ts';
import { close, open, openDone, read, truncate, write } from './fixtures/handle-ops.ts';
import { CONTAINMENTS, createTempTree, openFdCount, openRoot, textOf, UNLIMITED } from './fixtures/temp-tree.ts';
import { createFsBroker } from './fs-broker.ts';
import type { FsAccess } from './mount-grant.ts';

describe.each(CONTAINMENTS)('an open file (%s)', (containment) => {
  it('is read on from where the last read ended, and anywhere', async () => {
    await using tree = await createTempTree({ 'a.txt': '0123456789' });
    using root = await openRoot(tree.inside, containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const before = openFdCount();
    const file = await openDone(broker, '/docs/a.txt', 'r');
    const texts: string[] = [];
    for (const answer of [
      await read(broker, file, 4),
      await read(broker, file, 2, 8),
      await read(broker, file, 4),
      await read(broker, file, 4),
      await read(broker, file, 4),
      await read(broker, file, 4, 1_000),
    ]) {
      texts.push(await textOf(answer));
    }
    expect(texts).toEqual(['0123', '89', '4567', '89', '', '']);
    expect(await read(broker, file, 4, 0)).toMatchObject({
      trail: { target: '/docs/a.txt', mount: 'docs', containment, bytes: 4 },
    });
    expect(await perform(broker, { family: 'fs', method: 'fstat', handle: file })).toMatchObject({
      value: { kind: 'file', size: 10 },
    });
    for (const answer of [await write(broker, file, 'x'), await truncate(broker, file, 0)]) {
      expect(ruleOf(answer)).toBe('handle-mode');
    }
    expect(ruleOf(await close(broker, file))).toBe('done');
    expect(ruleOf(await read(broker, file, 1))).toBe('handle-unknown');
    expect(ruleOf(await close(broker, file))).toBe('handle-unknown');
    expect(openFdCount()).toBe(before);
  });

  it('is read in pieces of at most the cap, and of no more than it holds', async () => {
    await using tree = await createTempTree({ 'a.bin': 'x'.repeat(5_000) });
    using root = await openRoot(tree.inside, containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED, limits: { maxHandleReadBytes: 4_096 } });
    const file = await openDone(broker, '/docs/a.bin', 'r');
    for (const size of [4_096, 904, 0]) {
      const answer = await read(broker, file, 2 ** 24);
      const body = answer.kind === 'done' ? answer.body : undefined;
      if (!(body instanceof Uint8Array)) throw new Error('no bytes');
      expect([body.byteLength, body.buffer.byteLength]).toEqual([size, size]);
    }
  });

  it.each([
    ['r+', 'old', 'in place', 'newld'],
    ['w', 'old', 'at close', 'new'],
    ['w+', 'old', 'at close', 'new'],
    ['a', 'old', 'in place', 'oldnew'],
    ['a+', 'old', 'in place', 'oldnew'],
    ['wx', undefined, 'in place', 'new'],
    ['wx+', undefined, 'in place', 'new'],
    ['ax', undefined, 'in place', 'new'],
    ['ax+', undefined, 'in place', 'new'],
    ['w', undefined, 'at close', 'new'],
    ['a', undefined, 'in place', 'new'],
  ] as const)('with flag %s changes a file that held %s %s', async (flags, old, when, expected) => {
    await using tree = await createTempTree(old === undefined ? {} : { 'a.txt': flags === 'r+' ? 'oldld' : old });
    const path = join(tree.inside, 'a.txt');
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const before = openFdCount();
    const file = await openDone(broker, '/docs/a.txt', flags);
    expect(await write(broker, file, 'ne')).toMatchObject({ kind: 'done', trail: { bytes: 2 } });
    expect(ruleOf(await write(broker, file, 'w'))).toBe('done');
    const readable = flags.endsWith('+');
    const position = expected.length - 3 - (flags === 'r+' ? 2 : 0);
    const readBack = await read(broker, file, 3, position);
    expect(readBack.kind === 'done' ? await textOf(readBack) : readBack.rule).toBe(readable ? 'new' : 'handle-mode');
    const names = readdirSync(tree.inside);
    if (when === 'in place') expect(readFileSync(path, 'utf8')).toBe(expected);
    else expect(names.includes('a.txt') ? readFileSync(path, 'utf8') : undefined).toBe(old);
    expect(ruleOf(await close(broker, file))).toBe('done');
    expect(readFileSync(path, 'utf8')).toBe(expected);
    expect(readdirSync(tree.inside)).toEqual(['a.txt']);
    if (old === undefined) expect(statSync(path).mode & 0o7777).toBe(0o600);
    expect(openFdCount()).toBe(before);
  });

  it.each([
    ['w', 'old'],
    ['w+', 'old'],
    ['wx', undefined],
    ['ax', undefined],
  ] as const)('that was opened with %s and is discarded leaves what was there (%s)', async (flags, old) => {
    await using tree = await createTempTree(old === undefined ? {} : { 'a.txt': old });
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const file = await openDone(broker, '/docs/a.txt', flags);
    await write(broker, file, 'new');
    expect(ruleOf(await close(broker, file, true))).toBe('done');
    expect(readdirSync(tree.inside)).toEqual(old === undefined ? [] : ['a.txt']);
    if (old !== undefined) expect(readFileSync(join(tree.inside, 'a.txt'), 'utf8')).toBe(old);
  });

  it('is discarded only as what it was: a file that took its name meanwhile stays', async () => {
    await using tree = await createTempTree();
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const file = await openDone(broker, '/docs/a.txt', 'wx');
    await unlink(join(tree.inside, 'a.txt'));
    await writeFile(join(tree.inside, 'a.txt'), 'theirs');
    await close(broker, file, true);
    expect(readFileSync(join(tree.inside, 'a.txt'), 'utf8')).toBe('theirs');
  });

  it('that the call never closed takes no name', async () => {
    await using tree = await createTempTree({ 'a.txt': 'old' });
    using root = await openRoot(tree.inside, containment, ALL);
    const before = openFdCount();
    const broker = createFsBroker([root], { meter: UNLIMITED });
    for (const name of ['a.txt', 'b.txt']) {
      await write(broker, await openDone(broker, `/docs/${name}`, 'w'), 'new');
    }
    const closing = await openDone(broker, '/docs/a.txt', 'r');
    const pending = read(broker, closing, 3);
    await broker[Symbol.asyncDispose]();
    await pending;
    expect(readdirSync(tree.inside)).toEqual(['a.txt']);
    expect(readFileSync(join(tree.inside, 'a.txt'), 'utf8')).toBe('old');
    expect(openFdCount()).toBe(before);
    expect(ruleOf(await close(broker, closing))).toBe('broker-closed');
  });

  it.each([
    ['r', ['read'], ['write', 'create', 'list', 'delete']],
    ['r+', ['read', 'write'], ['write', 'create', 'list', 'delete']],
    ['r+', ['read', 'write'], ['read', 'create', 'list', 'delete']],
    ['w', ['write'], ['read', 'create', 'list', 'delete']],
    ['w+', ['write'], ['read', 'create', 'list', 'delete']],
    ['a', ['write'], ['read', 'create', 'list', 'delete']],
    ['a+', ['read', 'write'], ['create', 'write', 'list', 'delete']],
    ['a+', ['read', 'write'], ['read', 'create', 'list', 'delete']],
  ] as const)('with flag %s needs %j for a file that exists; %j is too little', async (flags, enough, tooLittle) => {
    await using tree = await createTempTree({ 'a.txt': 'old' });
    for (const [access, expected] of [
      [enough, 'done'],
      [tooLittle, 'access-missing'],
    ] as const) {
      using root = await openRoot(tree.inside, containment, { access: new Set<FsAccess>(access) });
      await using broker = createFsBroker([root], { meter: UNLIMITED });
      expect(ruleOf((await open(broker, '/docs/a.txt', flags)).answer)).toBe(expected);
    }
  });

  it.each(['w', 'w+', 'wx', 'wx+', 'a', 'a+', 'ax', 'ax+'] as const)(
    'with flag %s needs create for a new file',
    async (flags) => {
      await using tree = await createTempTree();
      for (const [access, expected] of [
        [['read', 'write', 'list', 'delete'], 'access-missing'],
        [['create'], 'done'],
      ] as const) {
        using root = await openRoot(tree.inside, containment, { access: new Set<FsAccess>(access) });
        await using broker = createFsBroker([root], { meter: UNLIMITED });
        const { answer } = await open(broker, '/docs/a.txt', flags);
        expect(ruleOf(answer)).toBe(expected);
      }
    },
  );

  it.each(['r+', 'w', 'w+', 'wx', 'a', 'ax'] as const)('is never opened through a link with %s', async (flags) => {
    await using tree = await createTempTree();
    await symlink('../data-outside/created.txt', join(tree.inside, 'dangling'));
    await symlink('../data-outside/canary.txt', join(tree.inside, 'link'));
    await link(join(tree.outside, 'canary.txt'), join(tree.inside, 'hard'));
    using root = await openRoot(tree.inside, containment, { ...ALL, allowHardLinks: true });
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    for (const name of ['dangling', 'link', 'hard']) {
      const { id, answer } = await open(broker, `/docs/${name}`, flags);
      expect(['symlink', 'hard-link', 'exists']).toContain(ruleOf(answer));
      expect(ruleOf(await write(broker, id, 'x'))).toBe('handle-unknown');
    }
    expect(readdirSync(tree.outside)).toEqual(['canary.txt']);
  });
});
