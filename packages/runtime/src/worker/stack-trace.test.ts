import { describe, expect, it } from 'vitest';
import { runSkill } from './fixtures/run-skill.ts';
import { finishStack, hasBundleFrame, inlineSourceMap } from './stack-trace.ts';

const FILE = 'dist/skill.js';
/** Generated 1:1 → src/a.ts 1:1, 2:5 → src/b.ts 3:2. */
const MAP = JSON.stringify({ version: 3, sources: ['../src/a.ts', '../src/b.ts'], names: [], mappings: 'AAAA;ICEC' });

describe('finishStack', () => {
  it('maps frames of the bundle and drops all others', () => {
    const stack = [
      'Error: m',
      '    at run (dist/skill.js:1:1)',
      '    at async Object.t (dist/skill.js:2:5)',
      '    at dist/skill.js:2:9',
      '    at carapace:platform:5:13277',
      '    at receive (carapace:platform:5:1)',
      '    at new Promise (<anonymous>)',
      '    at (<isolated-vm boundary>)',
      '    at probe (file:///opt/app/worker.js:1:2)',
      '    at fake (/host/secret/dist/skill.js:1:1)',
    ].join('\n');
    expect(finishStack(stack, FILE, MAP)).toBe(
      'Error: m\n    at run (src/a.ts:1:1)\n    at async Object.t (src/b.ts:3:2)\n    at src/b.ts:3:2',
    );
  });

  it('keeps a message of several lines, and nothing after the first frame but frames', () => {
    expect(
      finishStack(
        'Error: a\nb\n    at x (dist/skill.js:9:9)\nforged line\n    at y (dist/skill.js:9:9)',
        FILE,
        undefined,
      ),
    ).toBe('Error: a\nb\n    at x (dist/skill.js:9:9)\n    at y (dist/skill.js:9:9)');
  });

  it.each([
    ['not JSON', '{'],
    ['null', 'null'],
    ['no mappings', '{"version":3,"sources":[]}'],
    ['sources that are not strings', '{"version":3,"sources":[1],"mappings":"AAAA"}'],
    ['sections', JSON.stringify({ version: 3, sections: [], sources: [], mappings: '' })],
    ['mappings out of range', '{"version":3,"sources":["a"],"names":[],"mappings":"AAAAAAAAA,zzzzzzzzzzzzz;;;////"}'],
    ['odd characters', '{"version":3,"sources":["a"],"names":[],"mappings":"\\u0000é,*"}'],
    ['an index without a source', '{"version":3,"sources":[],"names":[],"mappings":"AAAA"}'],
    ['too large', `{"version":3,"sources":[],"mappings":"${' '.repeat(9_000_000)}"}`],
  ])('a map that is unusable (%s) leaves a stack, never a crash', (_name, map) => {
    expect(finishStack('E: m\n    at t (dist/skill.js:1:1)', FILE, map)).toMatch(/^E: m\n {4}at t \(/u);
  });

  it('cleans the names of sources, which are text of the package', () => {
    const map = JSON.stringify({
      version: 3,
      sources: ['../../a b)\n    at forged (x.js:1:1)'],
      names: [],
      mappings: 'AAAA',
    });
    expect(finishStack('E\n    at dist/skill.js:1:1', FILE, map).split('\n')).toHaveLength(2);
  });

  it('bounds frames and bytes', () => {
    const many = `E\n${'    at f (dist/skill.js:1:1)\n'.repeat(1000)}`;
    expect(finishStack(many, FILE, undefined).split('\n').length).toBeLessThanOrEqual(50);
    expect(Buffer.byteLength(finishStack(`E: ${'é'.repeat(50_000)}`, FILE, undefined))).toBeLessThanOrEqual(8192);
  });
});

describe('hasBundleFrame', () => {
  it.each([
    ['    at t (dist/skill.js:1:2)', true],
    ['    at dist/skill.js:1:2', true],
    ['    at t (other/dist/skill.js:1:2)', false],
    ['    at t (carapace:platform:1:2)', false],
    ['dist/skill.js:1:2', false],
    ['    at t (dist/skill.js:x:2)', false],
  ])('%s', (line, expected) => expect(hasBundleFrame(`Error\n${line}`, FILE)).toBe(expected));
});

describe('inlineSourceMap', () => {
  it('reads base64 and percent-encoded maps at the end of the bundle', () => {
    const encoded = Buffer.from(MAP).toString('base64');
    expect(inlineSourceMap(`code\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${encoded}\n`)).toBe(
      MAP,
    );
    expect(inlineSourceMap(`code\n//# sourceMappingURL=data:application/json,${encodeURIComponent(MAP)}`)).toBe(MAP);
  });

  it.each([
    'code',
    'x\n//# sourceMappingURL=skill.js.map',
    'x\n//# sourceMappingURL=data:application/json',
    'x\n//# sourceMappingURL=data:application/json,%E0%A4%A\n',
    'x\n//# sourceMappingURL=data:application/json,a\nmore code',
  ])('finds none in %j', (source) => expect(inlineSourceMap(source)).toBeUndefined());

  it('is used by a real call, without asking the host', () => {
    const map = JSON.stringify({ version: 3, sources: ['../src/tool.ts'], names: [], mappings: 'AAAA' });
    const source = `export const tools = { t() { throw new Error('m'); } };\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;
    const run = runSkill(source);
    expect(run.failure?.stack).toBe('Error: m\n    at t (src/tool.ts:1:1)');
    expect(run.ops).toEqual([]);
  });
});
