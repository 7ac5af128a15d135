import { readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { perform, performAs } from './fixtures/ask-broker.ts';
import { ALL, ruleOf } from './fixtures/change-ops.ts';
import { close, nextId, open, openDone, read, truncate, write } from './fixtures/handle-ops.ts';
import { CONTAINMENTS, createTempTree, openFdCount, openRoot, textOf, UNLIMITED } from './fixtures/temp-tree.ts';
import { createFsBroker } from './fs-broker.ts';
import type { FsMeter } from './fs-limits.ts';

describe.each(CONTAINMENTS)('what open files may cost (%s)', (containment) => {
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
    const id = nextId();
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
    const id = nextId();
    await performAs(broker, id, { family: 'fs', method: 'opendir', path: '/docs' });
    const answer = await perform(broker, { family: 'fs', method: 'readEntries', handle: id });
    expect(answer).toMatchObject({ code: 'ERR_CARAPACE_FS_TOO_MANY', rule: 'tree-entries' });
  });
});
