import { describe, expect, it } from 'vitest';
import { play, spent, violation } from './fixtures/hostile-worker.ts';

const LOADED = "send({ kind: 'loaded' });";
const DONE = "send({ kind: 'result', call: 'c1', ok: true }, Buffer.from('1')); stay();";
const partial = (text: string): string => `send({ kind: 'partial', text: ${text} });`;

describe('CallSession, updates of a worker', () => {
  it('passes them on in order, and nothing that comes after the result', async () => {
    const end = await play(
      `${LOADED} send({ kind: 'progress', progress: 1, message: 'one' }); ${partial("'two'")} send({ kind: 'result', call: 'c1', ok: true }, Buffer.from('1')); ${partial("'late'")} stay();`,
    );
    expect(end.updates).toEqual(['one', 'two']);
    expect(end.outcome).toEqual({ kind: 'value', json: '1' });
  });

  it.each([
    ['before the skill is loaded', partial("'x'"), violation('state')],
    ['progress before the skill is loaded', "send({ kind: 'progress', message: '' });", violation('state')],
    ['with a body', `${LOADED} send({ kind: 'partial', text: 'x' }, Buffer.from('x'));`, violation('body')],
    [
      'IP-139 with infinity',
      `${LOADED} send('{"kind":"progress","progress":1e400,"message":""}');`,
      violation('range'),
    ],
    [
      'IP-142 with a claim of trust',
      `${LOADED} send({ kind: 'partial', text: 'x', trust: 'trusted' });`,
      violation('fields'),
    ],
  ])('kills a worker that sends one %s', async (_name, program, outcome) => {
    const end = await play(`${program} stay();`);
    expect(end.outcome).toMatchObject(outcome);
    expect(end.updates).toEqual([]);
  });

  it.each([
    ['partial text', partial("'x'.repeat(1000)"), { outputKiB: 8 }, 'ERR_CARAPACE_BUDGET_OUTPUT', 8],
    [
      'partial text of few characters and many bytes',
      partial("'é'.repeat(300)"),
      { outputKiB: 1 },
      'ERR_CARAPACE_BUDGET_OUTPUT',
      1,
    ],
    ['progress', "send({ kind: 'progress', message: 'x'.repeat(999) });", { logKiB: 8 }, 'ERR_CARAPACE_BUDGET_LOGS', 8],
  ])('RS-083 ends a flood of %s by the budget it spends', async (_name, message, limits, code, passed) => {
    const end = await play(`${LOADED} for (;;) ${message}`, limits);
    expect(end.outcome).toEqual(spent(code));
    expect(end.reason).toBe('budget');
    expect(end.updates).toHaveLength(passed);
  });

  it.each([
    ['empty partial texts', partial("''")],
    ['partial texts below a full message', partial("'x'.repeat(8191)")],
    ['reports without a word', "send({ kind: 'progress', progress: 1, message: '' });"],
    ['both in turns', `${partial("'x'")} send({ kind: 'progress', message: '' });`],
  ])('RS-083 kills a worker that sends more %s than an honest one', async (_name, message) => {
    const end = await play(`${LOADED} for (;;) { ${message} }`, { outputKiB: 4096, logKiB: 1024 });
    expect(end.outcome).toMatchObject(violation('update-rate'));
    expect(end.updates.length).toBeGreaterThanOrEqual(200);
  });

  it('lets full messages of text pass as fast as they come', async () => {
    const end = await play(`${LOADED} for (let i = 0; i < 400; i += 1) ${partial("'x'.repeat(8192)")} ${DONE}`, {
      outputKiB: 4096,
    });
    expect([end.outcome.kind, end.updates.length]).toEqual(['value', 400]);
  });

  it('counts partial text and result together', async () => {
    const program = `${LOADED} ${partial("'x'.repeat(600)")} send({ kind: 'result', call: 'c1', ok: true }, Buffer.alloc(425, 49)); stay();`;
    expect((await play(program, { outputKiB: 1 })).outcome).toEqual(spent('ERR_CARAPACE_BUDGET_OUTPUT'));
    const fits = await play(program.replace('425', '424'), { outputKiB: 1 });
    expect([fits.outcome.kind, fits.usage.outputBytes]).toEqual(['value', 1024]);
  });

  it('counts progress and logs together', async () => {
    const program = `${LOADED} send({ kind: 'log', level: 'info', text: 'x'.repeat(600) }); send({ kind: 'progress', message: 'x'.repeat(423) }); ${DONE}`;
    expect((await play(program, { logKiB: 1 })).outcome).toEqual(spent('ERR_CARAPACE_BUDGET_LOGS'));
    expect((await play(program.replace('423', '422'), { logKiB: 1 })).usage.logBytes).toBe(1024);
  });
});
