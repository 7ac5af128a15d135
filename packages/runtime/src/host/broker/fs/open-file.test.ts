import { readdirSync, readFileSync, statSync } from 'node:fs';
import { link, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FsOp, FsOpenFlags } from '../../../protocol/messages.ts';
import type { EffectAnswer } from '../effect.ts';
import { perform, performAs } from './fixtures/ask-broker.ts';
import { CONTAINMENTS, createTempTree, openFdCount, openRoot, textOf, UNLIMITED } from './fixtures/temp-tree.ts';
import { createFsBroker, type FsBroker } from './fs-broker.ts';
import type { FsMeter } from './fs-limits.ts';
import type { FsAccess, MountGrant } from './mount-grant.ts';

const ALL: Partial<MountGrant> = { access: new Set<FsAccess>(['read', 'list', 'write', 'create', 'delete']) };
let lastId = 1_000_000;

interface Opened {
  readonly id: number;
  readonly answer: EffectAnswer;
}

async function open(broker: FsBroker, path: string, flags: FsOpenFlags): Promise<Opened> {
  const id = ++lastId;
  return { id, answer: await performAs(broker, id, { family: 'fs', method: 'open', path, flags }) };
}

async function openDone(broker: FsBroker, path: string, flags: FsOpenFlags): Promise<number> {
  const { id, answer } = await open(broker, path, flags);
  expect(ruleOf(answer)).toBe('done');
  return id;
}

function read(broker: FsBroker, handle: number, length: number, position?: number): Promise<EffectAnswer> {
  const op: FsOp = { family: 'fs', method: 'read', handle, length, ...(position === undefined ? {} : { position }) };
  return perform(broker, op);
}

function write(broker: FsBroker, handle: number, text: string, position?: number): Promise<EffectAnswer> {
  const op: FsOp = { family: 'fs', method: 'write', handle, ...(position === undefined ? {} : { position }) };
  return perform(broker, op, text);
}

function close(broker: FsBroker, handle: number, discard = false): Promise<EffectAnswer> {
  return perform(broker, { family: 'fs', method: 'close', handle, discard });
}

function truncate(broker: FsBroker, handle: number, length: number): Promise<EffectAnswer> {
  return perform(broker, { family: 'fs', method: 'ftruncate', handle, length });
}

function ruleOf(answer: EffectAnswer): string {
  return answer.kind === 'refused' ? answer.rule : 'done';
}

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

  it('charges holes and growth like written bytes, and refuses positions that cannot be told', async () => {
    await using tree = await createTempTree({ 'a.txt': 'old' });
    using root = await openRoot(tree.inside, containment, ALL);
    const charged: number[] = [];
    const meter: FsMeter = {
      charge(kind, amount) {
        if (kind === 'fsWriteBytes') charged.push(amount);
        return kind !== 'fsWriteBytes' || amount <= 1_000;
      },
    };
    await using broker = createFsBroker([root], { meter });
    for (const flags of ['r+', 'w'] as const) {
      charged.length = 0;
      const file = await openDone(broker, '/docs/a.txt', flags);
      const size = flags === 'r+' ? 3 : 0;
      expect(ruleOf(await write(broker, file, 'x', 100))).toBe('done');
      expect(ruleOf(await write(broker, file, 'x', 2 ** 40))).toBe('budget-write');
      expect(ruleOf(await truncate(broker, file, 2 ** 40))).toBe('budget-write');
      expect(ruleOf(await truncate(broker, file, 200))).toBe('done');
      expect(ruleOf(await truncate(broker, file, 10))).toBe('done');
      expect(charged).toEqual([101 - size, 2 ** 40 - 101 + 1, 2 ** 40 - 101, 99, 0]);
      for (const position of [-1, Number.NaN, 2 ** 53, 1.5]) {
        expect(ruleOf(await write(broker, file, 'x', position))).toBe('offset-range');
        expect(ruleOf(await truncate(broker, file, position))).toBe('offset-range');
        expect(ruleOf(await read(broker, file, 1, position))).toMatch(/offset-range|handle-mode/);
      }
      await close(broker, file);
      expect(statSync(join(tree.inside, 'a.txt')).size).toBe(10);
    }
  });

  it('pays for what is read', async () => {
    await using tree = await createTempTree({ 'a.txt': '0123456789' });
    using root = await openRoot(tree.inside, containment);
    let left = 6;
    const meter: FsMeter = {
      charge(kind, amount) {
        if (kind === 'fsReadBytes') left -= amount;
        return left >= 0;
      },
    };
    await using broker = createFsBroker([root], { meter });
    const file = await openDone(broker, '/docs/a.txt', 'r');
    expect(ruleOf(await read(broker, file, 6))).toBe('done');
    expect(await read(broker, file, 1)).toMatchObject({ rule: 'budget-read', remedy: 'limits: raise "fsReadMiB"' });
  });

  it('counts against the cap on open handles', async () => {
    await using tree = await createTempTree({ 'a.txt': 'a' });
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED, limits: { maxOpenHandles: 2 } });
    const first = await openDone(broker, '/docs/a.txt', 'r');
    await openDone(broker, '/docs/b.txt', 'w');
    expect((await open(broker, '/docs/a.txt', 'r')).answer).toMatchObject({ code: 'ERR_CARAPACE_FS_TOO_MANY' });
    expect(ruleOf(await perform(broker, { family: 'fs', method: 'opendir', path: '/docs' }))).toBe('open-handles');
    await close(broker, first);
    await openDone(broker, '/docs/a.txt', 'r');
  });

  it('takes requests in turn, so that two that go on never meet', async () => {
    await using tree = await createTempTree({ 'a.txt': '0123456789' });
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const file = await openDone(broker, '/docs/a.txt', 'r');
    const answers = await Promise.all([read(broker, file, 5), read(broker, file, 5), close(broker, file)]);
    expect(await Promise.all(answers.slice(0, 2).map(textOf))).toEqual(['01234', '56789']);
    const copy = await openDone(broker, '/docs/b.txt', 'w');
    await Promise.all([write(broker, copy, 'ab'), write(broker, copy, 'cd'), close(broker, copy)]);
    expect(readFileSync(join(tree.inside, 'b.txt'), 'utf8')).toBe('abcd');
  });

  it('keeps its id to itself', async () => {
    await using tree = await createTempTree({ 'a.txt': 'a', 'b.txt': 'b' });
    using root = await openRoot(tree.inside, containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const before = openFdCount();
    const id = await openDone(broker, '/docs/a.txt', 'r');
    const again = await performAs(broker, id, { family: 'fs', method: 'open', path: '/docs/b.txt', flags: 'r' });
    expect(again.kind).toBe('refused');
    expect(await textOf(await read(broker, id, 1))).toBe('a');
    expect(ruleOf(await perform(broker, { family: 'fs', method: 'readEntries', handle: id }))).toBe('handle-mode');
    await close(broker, id);
    expect(openFdCount()).toBe(before);
  });
});

describe.each(CONTAINMENTS)('an open directory (%s)', (containment) => {
  it('gives granted names in portions until there are none', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `f${index}.txt`);
    await using tree = await createTempTree(Object.fromEntries(names.map((name) => [name, name])));
    await writeFile(join(tree.inside, '.carapace-1-0123456789abcdef.tmp'), '');
    await writeFile(join(tree.inside, 'hidden.pdf'), '');
    using root = await openRoot(tree.inside, containment, { matches: (path) => path.endsWith('.txt') });
    await using broker = createFsBroker([root], { meter: UNLIMITED, limits: { maxListBatch: 3 } });
    const before = openFdCount();
    const id = ++lastId;
    expect(ruleOf(await performAs(broker, id, { family: 'fs', method: 'opendir', path: '/docs' }))).toBe('done');
    const seen: unknown[][] = [];
    for (let round = 0; round < 5; round += 1) {
      const answer = await perform(broker, { family: 'fs', method: 'readEntries', handle: id });
      const value: unknown = answer.kind === 'done' ? answer.value : undefined;
      const entries: unknown = Object(value).entries;
      seen.push(Array.isArray(entries) ? entries : []);
    }
    expect(seen.map((entries) => entries.length)).toEqual([3, 3, 1, 0, 0]);
    expect(
      seen
        .flat()
        .map((entry) => String(Object(entry).name))
        .toSorted(),
    ).toEqual(names);
    expect(ruleOf(await read(broker, id, 1))).toBe('handle-mode');
    expect(ruleOf(await close(broker, id))).toBe('done');
    expect(ruleOf(await perform(broker, { family: 'fs', method: 'readEntries', handle: id }))).toBe('handle-unknown');
    expect(openFdCount()).toBe(before);
  });

  it('looks at a bounded number of names for one answer', async () => {
    await using tree = await createTempTree({ 'a.pdf': '', 'b.pdf': '', 'c.pdf': '' });
    using root = await openRoot(tree.inside, containment, { matches: () => false });
    await using broker = createFsBroker([root], { meter: UNLIMITED, limits: { maxScannedEntries: 2 } });
    const id = ++lastId;
    await performAs(broker, id, { family: 'fs', method: 'opendir', path: '/docs' });
    const answer = await perform(broker, { family: 'fs', method: 'readEntries', handle: id });
    expect(answer).toMatchObject({ code: 'ERR_CARAPACE_FS_TOO_MANY', rule: 'tree-entries' });
  });
});
