import { describe, expect, it } from 'vitest';
import { evaluate, openSkill, runSkill } from '../../fixtures/run-skill.ts';

describe('timers', () => {
  it('asks the host to sleep and calls back with the arguments', () => {
    const run = runSkill(
      `export const tools = { t: () => new Promise((resolve) => setTimeout((...args) => resolve(args), 20, 'a', 2)) };`,
    );
    expect(run.ops).toEqual([{ family: 'timer', method: 'sleep', delayMs: 20 }]);
    expect(run.value).toEqual(['a', 2]);
  });

  it.each([
    ['undefined', 1],
    ['0', 1],
    ['-5', 1],
    ['1.9', 1],
    ['"30"', 30],
    ['NaN', 1],
    ['Infinity', 1],
    ['2 ** 31', 1],
    ['2 ** 31 - 1', 2 ** 31 - 1],
  ])('a delay of %s is %i ms', (delay, delayMs) => {
    const run = runSkill(`export const tools = { t: () => { setTimeout(() => {}, ${delay}); } };`);
    expect(run.ops).toEqual([{ family: 'timer', method: 'sleep', delayMs }]);
  });

  it('clearTimeout cancels at the host, once, and ignores anything else', () => {
    const run = runSkill(`export const tools = { t: () => {
      const timer = setTimeout(() => {}, 10); clearTimeout(timer); clearTimeout(timer); clearTimeout(); clearTimeout(null); clearTimeout({}); clearTimeout(99);
    } };`);
    expect(run.sent.map(({ kind }) => kind)).toEqual(['request', 'cancel', 'result']);
  });

  it('an interval asks again for every beat until it is cleared', () => {
    const run = runSkill(`export const tools = { t: () => new Promise((resolve) => {
      let beats = 0; const timer = setInterval(() => { beats += 1; if (beats === 3) { clearInterval(timer); resolve(beats); } }, 5);
    }) };`);
    expect(run.value).toBe(3);
    expect(run.ops).toHaveLength(4);
    expect(run.sent.filter(({ kind }) => kind === 'cancel')).toHaveLength(1);
  });

  it('an error in a callback is logged and the call goes on', () => {
    const run = runSkill(`export const tools = { t: () => new Promise((resolve) => {
      setTimeout(() => { throw new Error('in timer'); }, 1); queueMicrotask(() => { throw new Error('in task'); }); setTimeout(resolve, 2, 'on');
    }) };`);
    expect(run.value).toBe('on');
    expect(run.logs.map((line) => line.split('\n')[0])).toEqual([
      'Uncaught Error: in task',
      'Uncaught Error: in timer',
    ]);
  });

  it('refuses what is not a function, and more than 1,000 pending timers', () => {
    expect(
      evaluate(
        `const out = [];
      for (const f of [() => setTimeout('code'), () => setInterval(), () => queueMicrotask(1)]) { try { f(); } catch (e) { out.push(e instanceof TypeError); } }
      try { for (let i = 0; i < 1001; i += 1) setTimeout(() => {}, 1); } catch (e) { out.push(e.carapaceCode); }
      return out;`,
        { answer: () => 'silence' },
      ),
    ).toEqual([true, true, true, 'too-many-timers']);
  });

  it('a timer set while the module loads fires in the call', () => {
    const opened = openSkill(
      `let fired = 0; setTimeout(() => { fired += 1; }, 1); export const tools = { t: () => fired };`,
    );
    expect(opened.call().value).toBe(1);
  });
});
