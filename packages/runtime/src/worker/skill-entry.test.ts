import { describe, expect, it } from 'vitest';
import { openSkill, runSkill } from './fixtures/run-skill.ts';

describe('IS-050 what a skill may export', () => {
  it.each([
    ['nothing', '', 'the module exports neither a default nor "tools"'],
    ['undefined', 'export default undefined;', 'the module exports neither a default nor "tools"'],
    ['null', 'export default null;', 'the default export is not an object'],
    ['a string', 'export default "x";', 'the default export is not an object'],
    ['a function', 'export default () => {};', 'the default export is a function, not an object'],
    ['a class', 'export default class { static tools = {} }', 'the default export is a class, not an object'],
    ['a promise', 'export default Promise.resolve({ tools: {} });', 'the default export is a promise'],
    ['a Proxy', 'export default new Proxy({ tools: { t() {} } }, {});', 'the default export is a Proxy'],
    ['a Proxy that loops', 'export default new Proxy({}, { get() { for (;;); } });', 'the default export is a Proxy'],
    [
      'a Proxy that throws',
      'export default new Proxy({}, { getOwnPropertyDescriptor() { throw 1 } });',
      'the default export is a Proxy',
    ],
    ['no tools', 'export default {};', 'the default export has no property "tools"'],
    ['tools as a getter', 'export default { get tools() { return {}; } };', '"tools" is a getter'],
    ['tools that are a Proxy', 'export const tools = new Proxy({}, {});', '"tools" is a Proxy'],
    ['tools that are a promise', 'export const tools = Promise.resolve({});', '"tools" is a promise'],
    ['a tool as a getter', 'export const tools = { get t() { return () => 1; } };', 'tool "t" is a getter'],
    ['a tool that is a class', 'export const tools = { t: class {} };', 'tool "t" is a class'],
    ['a tool that is a Proxy', 'export const tools = { t: new Proxy(() => 1, {}) };', 'tool "t" is a Proxy'],
    ['a tool without run', 'export const tools = { t: {} };', 'tool "t" has no function "run"'],
    [
      'a tool with run as a getter',
      'export const tools = { t: { get run() { return 1; } } };',
      '"run" of tool "t" is a getter',
    ],
    [
      'a tool with run that is no function',
      'export const tools = { t: { run: 1 } };',
      '"run" of tool "t" is not a function',
    ],
    ['a tool that is a number', 'export const tools = { t: 1 };', 'tool "t" is not an object'],
    [
      'too many tools',
      'export const tools = Object.fromEntries(Array.from({ length: 257 }, (_, i) => ["t" + i, () => 1]));',
      '"tools" has more than 256 properties',
    ],
  ])('%s is refused with a sentence', (_name, source, reason) => {
    const { failure } = runSkill(source);
    expect(failure).toMatchObject({ stage: 'entry', message: `Cannot load skill: ${reason}`, stack: '' });
  });

  it('says which tool is missing', () => {
    const { failure } = runSkill('export const tools = { other() {} };', { tool: 't' });
    expect(failure).toMatchObject({ stage: 'entry', message: 'Cannot call tool "t": the skill does not export it' });
  });

  it.each(['toString', '__proto__', 'constructor'])('does not find %s on a prototype', (tool) => {
    expect(runSkill('export const tools = {};', { tool }).failure?.stage).toBe('entry');
  });

  it('leaves tools named stack, tools on frozen objects and errors with a stack as they are', () => {
    const source = `const e = new Error('kept'); const before = e.stack;
      export default Object.freeze({ tools: Object.freeze({ stack: () => [1, e.stack === before && (console.log(e), e.stack === before)] }) });`;
    expect(runSkill(source, { tool: 'stack' }).value).toEqual([1, true]);
  });

  it('a failed entry answers every call', () => {
    const opened = openSkill('export default 1;');
    expect(opened.call('t', {}, 'a').failure?.stage).toBe('entry');
    expect(opened.call('t', {}, 'b').failure?.stage).toBe('entry');
  });
});

describe('a bundle that does not load', () => {
  it.each([
    ['throws an Error', 'throw new RangeError("no");', 'RangeError', 'no'],
    ['throws undefined', 'throw undefined;', 'Error', 'The skill threw undefined'],
    ['throws a string', 'throw "text";', 'Error', 'The skill threw "text"'],
    ['throws late', 'await 0; throw new TypeError("late");', 'TypeError', 'late'],
    [
      'throws after an unrelated rejection',
      'Promise.reject(new Error("other")); throw new Error("mine");',
      'Error',
      'mine',
    ],
    [
      'rejects after a timer',
      'await new Promise((r) => setTimeout(r, 1)); throw new Error("timed");',
      'Error',
      'timed',
    ],
  ])('%s: stage load with the right error', (_name, source, name, message) => {
    expect(runSkill(source).failure).toMatchObject({ stage: 'load', name, message });
  });

  it('an unrelated rejection while loading is logged and does not fail the load', () => {
    const opened = openSkill('Promise.reject(new TypeError("other")); export const tools = { t: () => 1 };');
    const line = { kind: 'log', level: 'error', text: 'Unhandled rejection: TypeError: other' };
    expect(opened.sent).toEqual([line, { kind: 'loaded' }]);
    expect(opened.call().value).toBe(1);
    const slow = openSkill(
      'Promise.reject(new TypeError("other")); await new Promise((r) => setTimeout(r, 1)); export const tools = { t: () => 1 };',
    );
    expect(slow.sent).toContainEqual(line);
    expect(slow.call().value).toBe(1);
  });

  it.each([
    ['a syntax error', 'export default {'],
    ['IS-055 an HTML-like comment', '<!-- x\nexport const tools = {};'],
    ['IS-055 100,000 brackets', `${'['.repeat(100_000)}`],
    ['a missing export', `import { nothing } from 'node:fs/promises'; export const tools = {};`],
  ])('%s: stage load, bounded text, no path of this machine', (_name, source) => {
    const { failure } = runSkill(source);
    expect(failure?.stage).toBe('load');
    expect(Buffer.byteLength(JSON.stringify(failure))).toBeLessThan(20_000);
    expect(failure?.stack).not.toMatch(/isolated-vm|file:|node_modules|packages/u);
  });

  it.each([
    ['IS-055 a hashbang', '#!/usr/bin/env node\nexport const tools = { t: () => 1 };'],
    ['IS-055 U+2028 in a string', 'export const tools = { t: () => "\u2028".length };'],
    [
      'IS-055 a long line',
      `export const tools = { t: () => 1 };${' '.repeat(3_000_000)}/* ${'x'.repeat(3_000_000)} */`,
    ],
  ])('%s is fine', (_name, source) => {
    expect(runSkill(source).value).toBe(1);
  });
});

describe('IS-040 imports', () => {
  it.each(['fs', 'node:fs', 'fs/promises', 'node:fs/promises'])(
    'import of %s without a mount is refused with a sentence',
    (name) => {
      const { failure } = runSkill(`import '${name}'; export const tools = {};`, { fs: false });
      expect(failure).toMatchObject({
        stage: 'load',
        message: `Cannot import "${name}": the skill was granted no directory`,
      });
    },
  );

  it.each([
    'node:net',
    'child_process',
    './other.js',
    'data:text/javascript,1',
    'file:///etc/passwd',
    'https://example.com/x.js',
    'carapace:internals',
    'carapace:skill',
    'carapace:entry',
  ])('static import of %s is refused', (name) => {
    const { failure } = runSkill(`import '${name}'; export const tools = {};`);
    expect(failure?.message).toBe(
      `Cannot import "${name}": only modules in the bundle and granted platform modules exist`,
    );
  });

  it.each(['fs', 'node:fs', 'node:fs/promises', 'data:text/javascript,1', './a.js', 'carapace:internals'])(
    'import(%s) rejects',
    (name) => {
      const source = `export const tools = { t: () => import('${name}').then(() => 'imported', (error) => error instanceof Error) };`;
      expect(runSkill(source).value).toBe(true);
    },
  );
});
