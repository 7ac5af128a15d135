import { describe, expect, it } from 'vitest';
import type { WorkerToHost } from '../../protocol/messages.ts';
import { evaluate, openSkill, runSkill } from '../fixtures/run-skill.ts';

function updatesOf(body: string): WorkerToHost[] {
  const { sent } = runSkill(`export const tools = { async t(input, context) { ${body} } };`);
  return sent.filter(({ kind }) => kind === 'progress' || kind === 'partial');
}

describe('context.progress', () => {
  it.each([
    ['"reading"', { message: 'reading' }],
    ['""', { message: '' }],
    ['{ progress: 0 }', { progress: 0, message: '' }],
    ['{ progress: 0.5, total: 1 }', { progress: 0.5, total: 1, message: '' }],
    ['{ progress: 3, total: 2, message: "over" }', { progress: 3, total: 2, message: 'over' }],
    ['{ message: "half", total: undefined }', { message: 'half' }],
    ['Object.create({ progress: 2 })', { progress: 2, message: '' }],
    ['"x".repeat(5000)', { message: 'x'.repeat(1_024) }],
    ['{ progress: Number.MAX_SAFE_INTEGER, trust: "trusted" }', { progress: 2 ** 53 - 1, message: '' }],
  ])('sends %s', (argument, report) => {
    expect(updatesOf(`context.progress(${argument});`)).toEqual([{ kind: 'progress', ...report }]);
  });

  it.each([
    '',
    'null',
    '7',
    '() => 1',
    '{}',
    '{ total: 3 }',
    '{ current: 1 }',
    '{ progress: NaN }',
    '{ progress: Infinity }',
    '{ progress: -1 }',
    '{ progress: "1" }',
    '{ progress: 1n }',
    '{ progress: 1, total: null }',
    '{ message: 1 }',
    '{ message: new String("x") }',
  ])('throws a TypeError of the guest for %j and sends nothing', (argument) => {
    const body = `try { context.progress(${argument}); } catch (error) {
      return error instanceof TypeError && error.constructor.constructor === Function; }`;
    expect(evaluate(body)).toBe(true);
    expect(updatesOf(`try { context.progress(${argument}); } catch {}`)).toEqual([]);
  });

  it('IS-038 is not rewritten by what a skill did to JSON and prototypes', () => {
    expect(
      updatesOf(`
        JSON.stringify = () => '{"message":"forged"}';
        Object.prototype.toJSON = String.prototype.toJSON = () => ({ message: 'forged' });
        String.prototype.slice = () => 'forged';
        context.progress({ progress: 1, message: 'true' });`),
    ).toEqual([{ kind: 'progress', progress: 1, message: 'true' }]);
  });

  it('holds a flood back and tells the last report before the result', () => {
    const { sent } = runSkill(
      'export const tools = { t: (i, { progress }) => { for (let n = 0; n < 5000; n += 1) progress({ progress: n }); } };',
    );
    const told = sent.filter(({ kind }) => kind === 'progress');
    expect(told.length).toBeLessThan(200);
    expect(told.at(-1)).toEqual({ kind: 'progress', progress: 4_999, message: '' });
    expect(sent.at(-1)?.kind).toBe('result');
  });
});

describe('context.partial', () => {
  it('sends text as it is, in pieces', () => {
    const sent = updatesOf('context.partial("a\\ud83d"); context.partial(""); context.partial("\\ude00\\u001b[31m");');
    expect(sent).toEqual([
      { kind: 'partial', text: 'a\ud83d' },
      { kind: 'partial', text: '\ude00\u001b[31m' },
    ]);
  });

  it('passes every limit in silence; what it cuts off is above the output budget', () => {
    const source = 'export const tools = { t: (i, { partial }) => { partial("x".repeat(40_000_000)); return 1; } };';
    const run = runSkill(source, { limits: { outputBytes: 100_000 } });
    const bytes = run.sent.flatMap((message) => (message.kind === 'partial' ? message.text.length : []));
    expect(bytes.reduce((sum, length) => sum + length, 0)).toBe(13 * 8_192);
    expect(run.value).toBe(1);
  });

  it.each(['', 'null', '7', '["a"]', 'new String("a")', '{ toString: () => "a" }'])(
    'throws a TypeError of the guest for %j',
    (argument) => {
      expect(
        evaluate(`try { context.partial(${argument}); } catch (error) { return error instanceof TypeError; }`),
      ).toBe(true);
    },
  );
});

describe('updates of a call that has ended', () => {
  it('BD-102 have no effect and do not throw, not even later through a context that was kept', () => {
    const source = `let kept;
      export const tools = {
        keep: (i, context) => {
          kept = context;
          Promise.resolve().then(() => 0).then(() => { kept.partial('late'); kept.progress('late'); });
          return 1;
        },
        t: (i, context) => context !== kept && context.partial === kept.partial && Object.isFrozen(context.partial),
      };`;
    const opened = openSkill(source);
    expect(opened.call('keep').sent.map(({ kind }) => kind)).toEqual(['result']);
    const next = opened.call('t', {}, 'call-2');
    expect(next.sent.map(({ kind }) => kind)).toEqual(['result']);
    expect(next.value).toBe(true);
    opened.session.dispose();
  });
});
