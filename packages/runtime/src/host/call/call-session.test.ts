import { describe, expect, it } from 'vitest';
import type { Broker } from '../broker/broker.ts';
import { play, spent, violation } from './fixtures/hostile-worker.ts';

const DONE = "send({ kind: 'result', call: 'c1', ok: true }, Buffer.from('1')); stay();";

describe('CallSession against a hostile worker', () => {
  it('accepts an honest one', async () => {
    const end = await play(`send({ kind: 'loaded' }); send({ kind: 'log', level: 'info', text: 'hi' }); ${DONE}`);
    expect(end.outcome).toEqual({ kind: 'value', json: '1' });
    expect(end.lines).toEqual([{ level: 'info', text: 'hi' }]);
  });

  it.each([
    [
      'IP-134 a length of 2^32-1',
      'raw(Buffer.from([255, 255, 255, 255, 2, 0, 0, 0])); stay();',
      violation('body-length'),
    ],
    ['IP-134 a length of zero', 'raw(Buffer.alloc(8)); stay();', violation('length')],
    [
      'IP-137 a head that is not UTF-8',
      "raw(Buffer.concat([frame('abcd').subarray(0, 8), Buffer.from([34, 195, 40, 34])])); stay();",
      violation('head-json'),
    ],
    ['IP-137 deep nesting', "send('['.repeat(500) + ']'.repeat(500)); stay();", violation('head-depth')],
    ['IP-138 an own __proto__ key', 'send(\'{"kind":"loaded","__proto__":{}}\'); stay();', violation('fields')],
    ['IP-139 an unknown kind', "send({ kind: 'grant' }); stay();", violation('kind')],
    [
      'IP-140 a request id used twice',
      "const request = { kind: 'request', id: 1, op: { family: 'timer', method: 'sleep', delayMs: 1 } }; send(request); send(request); stay();",
      violation('request-id'),
    ],
    [
      'IP-140 a cancel of a request that was never made',
      "send({ kind: 'cancel', id: 9 }); stay();",
      violation('cancel'),
    ],
    [
      'IP-140 a cancel below the latest id, of a request that was never made',
      "send({ kind: 'request', id: 1000000, op: { family: 'timer', method: 'sleep', delayMs: 9 } }); send({ kind: 'cancel', id: 1 }); stay();",
      violation('cancel'),
    ],
    [
      'IP-140 the same cancel twice, of a request that was answered',
      "send({ kind: 'request', id: 1, op: { family: 'timer', method: 'sleep', delayMs: 0 } }); hear('reply'); send({ kind: 'cancel', id: 1 }); send({ kind: 'cancel', id: 1 }); stay();",
      violation('cancel'),
    ],
    [
      'IP-140 the same cancel twice',
      "send({ kind: 'request', id: 1, op: { family: 'timer', method: 'sleep', delayMs: 9 } }); send({ kind: 'cancel', id: 1 }); send({ kind: 'cancel', id: 1 }); stay();",
      violation('cancel'),
    ],
    [
      'IP-140 the result of another call',
      "send({ kind: 'result', call: 'c2', ok: true }, Buffer.from('1')); stay();",
      violation('call'),
    ],
    [
      'a body with an op that takes none',
      "send({ kind: 'request', id: 1, op: { family: 'timer', method: 'sleep', delayMs: 1 } }, Buffer.alloc(1)); stay();",
      violation('body'),
    ],
    [
      'a body with a fetch that announces none',
      "send({ kind: 'request', id: 1, op: { family: 'net', method: 'fetch', url: 'https://a.test/', verb: 'POST', headers: [], redirect: 'follow', payload: 'stream' } }, Buffer.alloc(1)); stay();",
      violation('body'),
    ],
    [
      'a request body of more than 256 KiB where results may be larger',
      "send({ kind: 'request', id: 1, op: { family: 'fs', method: 'write', handle: 1 } }, Buffer.alloc(262145)); stay();",
      violation('body'),
    ],
    ['a second ready', "send({ kind: 'ready', version: 1 }); stay();", violation('state')],
    ['a second loaded', "send({ kind: 'loaded' }); send({ kind: 'loaded' }); stay();", violation('state')],
    ['a body where none belongs', "send({ kind: 'loaded' }, Buffer.from('x')); stay();", violation('body')],
    [
      'a second question for the source map',
      "for (const id of [1, 2]) send({ kind: 'request', id, op: { family: 'skill', method: 'sourceMap' } }); stay();",
      violation('source-map'),
    ],
  ])('kills on %s', async (_name, program, outcome) => {
    const end = await play(program);
    expect(end.outcome).toMatchObject(outcome);
    expect(end.reason).toBe('protocol');
  });

  it('IP-140 lets a cancel cross the answer on its way', async () => {
    const end = await play(
      `send({ kind: 'request', id: 1, op: { family: 'timer', method: 'sleep', delayMs: 0 } }); hear('reply'); send({ kind: 'cancel', id: 1 }); ${DONE}`,
    );
    expect(end.outcome).toEqual({ kind: 'value', json: '1' });
  });

  it('IP-104 takes the first result and ignores everything after it', async () => {
    const end = await play(
      `send({ kind: 'result', call: 'c1', ok: true }, Buffer.from('1')); send({ kind: 'result', call: 'c1', ok: true }, Buffer.from('2')); send({ kind: 'grant' }); stay();`,
    );
    expect(end.outcome).toEqual({ kind: 'value', json: '1' });
  });

  it('RS-089 takes a whole result or none when the worker dies while it writes one', async () => {
    const end = await play(
      "const whole = frame({ kind: 'result', call: 'c1', ok: true }, Buffer.from('12345')); raw(whole.subarray(0, whole.length - 2)); process.reallyExit(0);",
    );
    expect(end.outcome).toEqual({ kind: 'crashed', description: 'exited with code 0' });
  });

  it('IP-145 names the exit code and the signal from the kernel', async () => {
    expect((await play('process.reallyExit(3);')).outcome).toEqual({
      kind: 'crashed',
      description: 'exited with code 3',
    });
    expect((await play('process.abort();')).signal).toMatch(/^SIG(ABRT|TRAP|ILL)$/);
    expect((await play('process.abort();')).outcome).toMatchObject({
      kind: 'crashed',
      description: expect.stringMatching(/^ended by SIG(ABRT|TRAP|ILL)$/),
    });
  });

  it('names the system-call filter when it killed', async () => {
    const program =
      "const holder = { exports: {} }; process.dlopen(holder, '/proc/self/fd/5'); holder.exports.load(null).func('long syscall(long number, ...)')(169, 'int', 0); stay();";
    expect((await play(program)).outcome).toEqual({
      kind: 'crashed',
      description: 'killed by the system-call filter (SIGSYS)',
    });
  });

  it('IP-144 waits for the deadline when the worker closes its end and stays', async () => {
    expect((await play('closeSync(3); for (;;);', { wallMs: 400 })).outcome).toEqual(spent('ERR_CARAPACE_BUDGET_WALL'));
  });

  it('IP-147 hangs up on a flood on stderr', async () => {
    const end = await play(
      `let code; while (code === undefined) try { writeSync(2, '\\u001b[31m' + 'x'.repeat(1000)); } catch (e) { if (e.code !== 'EAGAIN') code = e.code; } send({ kind: 'log', level: 'info', text: code }); ${DONE}`,
    );
    // Which of the two depends on what was still unread when the host hung up.
    expect(end.lines).toEqual([{ level: 'info', text: expect.stringMatching(/^(EPIPE|ECONNRESET)$/) }]);
    expect(end.outcome).toEqual({ kind: 'value', json: '1' });
  });

  it('believes in a lost isolate only what the kernel confirms', async () => {
    expect((await play("send({ kind: 'engine-lost' }); stay();")).outcome).toEqual({
      kind: 'crashed',
      description: 'its isolate was lost',
    });
    const grown = "const keep = Buffer.alloc(80 * 2 ** 20, 1); send({ kind: 'engine-lost' }); stay(keep);";
    expect((await play(grown)).outcome).toEqual(spent('ERR_CARAPACE_BUDGET_MEMORY'));
  });

  it('tells an abort for want of memory from any other abort by the size that was sampled before it', async () => {
    const grown =
      'const keep = Buffer.alloc(80 * 2 ** 20, 1); const end = Date.now() + 300; while (Date.now() < end); process.abort(keep);';
    expect((await play(grown)).outcome).toEqual(spent('ERR_CARAPACE_BUDGET_MEMORY'));
    expect((await play('process.abort();')).outcome).toEqual({ kind: 'crashed', description: 'ended by SIGABRT' });
  });
});

describe('CallSession budgets', () => {
  it.each([
    ['wall', 'stay();', { wallMs: 300 }, 'ERR_CARAPACE_BUDGET_WALL'],
    ['cpu', 'for (;;);', { cpuMs: 100 }, 'ERR_CARAPACE_BUDGET_CPU'],
    [
      'memory',
      'const all = []; for (;;) all.push(Buffer.alloc(2 ** 20, 1));',
      { memoryMiB: 64 },
      'ERR_CARAPACE_BUDGET_MEMORY',
    ],
    [
      'logs',
      "for (let i = 0; i < 9; i += 1) send({ kind: 'log', level: 'info', text: 'x'.repeat(1000) }); stay();",
      { logKiB: 8 },
      'ERR_CARAPACE_BUDGET_LOGS',
    ],
    [
      'logs, by empty lines',
      "for (let i = 0; i < 129; i += 1) send({ kind: 'log', level: 'info', text: '' }); stay();",
      { logKiB: 8 },
      'ERR_CARAPACE_BUDGET_LOGS',
    ],
    [
      'broker calls',
      "for (let id = 1; id <= 6; id += 1) send({ kind: 'request', id, op: { family: 'timer', method: 'sleep', delayMs: 10000 } }); stay();",
      { brokerCalls: 5 },
      'ERR_CARAPACE_BUDGET_BROKER_CALLS',
    ],
    [
      'output',
      "send({ kind: 'result', call: 'c1', ok: true }, Buffer.alloc(1025, 49)); stay();",
      { outputKiB: 1 },
      'ERR_CARAPACE_BUDGET_OUTPUT',
    ],
  ])('kills when %s is spent, and names it', async (_name, program, limits, code) => {
    const end = await play(program, limits);
    expect(end.outcome).toEqual(spent(code));
    expect(end.reason).toBe('budget');
  });

  it('accepts a result of exactly the output budget', async () => {
    const end = await play("send({ kind: 'result', call: 'c1', ok: true }, Buffer.alloc(1024, 49)); stay();", {
      outputKiB: 1,
    });
    expect(end.outcome).toEqual({ kind: 'value', json: '1'.repeat(1024) });
  });

  it('refuses a result two bytes over the budget before its bytes are read', async () => {
    const end = await play("send({ kind: 'result', call: 'c1', ok: true }, Buffer.alloc(524290, 49)); stay();", {
      outputKiB: 512,
    });
    expect(end.outcome).toMatchObject(violation('body-length'));
  });

  it('ends a result over a budget that is smaller than the body of a request', async () => {
    const end = await play("send({ kind: 'result', call: 'c1', ok: true }, Buffer.alloc(1026, 49)); stay();", {
      outputKiB: 1,
    });
    expect(end.outcome).toEqual(spent('ERR_CARAPACE_BUDGET_OUTPUT'));
  });

  it('holds no more than 8 MiB of request bodies, cancelled or not', async () => {
    const hanging: Broker = {
      perform: () => new Promise(() => undefined),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
    const flood =
      "for (let id = 1; id < 40; id += 1) { send({ kind: 'request', id, op: { family: 'fs', method: 'write', handle: 1 } }, Buffer.alloc(262144)); send({ kind: 'cancel', id }); } stay();";
    expect((await play(flood, {}, hanging)).outcome).toMatchObject(violation('open-bytes'));
    expect((await play(flood.replace('< 40', '< 33').replace('stay();', DONE), {}, hanging)).outcome).toEqual({
      kind: 'value',
      json: '1',
    });
  });

  it('ends although an operation of the host hangs', async () => {
    const hanging: Broker = {
      perform: () => new Promise(() => undefined),
      [Symbol.asyncDispose]: () => new Promise(() => undefined),
    };
    const end = await play(
      `send({ kind: 'request', id: 1, op: { family: 'fs', method: 'stat', path: '/docs' } }); ${DONE}`,
      {},
      hanging,
    );
    expect(end.outcome).toEqual({ kind: 'value', json: '1' });
  });

  it.each([
    [
      'listens',
      "hear('abort'); send({ kind: 'log', level: 'info', text: 'tidied up' }); send({ kind: 'result', call: 'c1', ok: true }, Buffer.from('1')); stay();",
    ],
    ['does not listen', "send({ kind: 'log', level: 'info', text: 'tidied up' }); for (;;);"],
  ])('tells a guest that the caller gave up, and kills one that %s', async (_name, program) => {
    const end = await play(`send({ kind: 'log', level: 'info', text: 'abort me' }); ${program}`);
    expect(end.outcome).toEqual({ kind: 'aborted' });
    expect(end.lines).toEqual([{ level: 'info', text: 'tidied up' }]);
  });

  it('stops its timers with the call', async () => {
    const end = await play(
      `send({ kind: 'request', id: 1, op: { family: 'timer', method: 'sleep', delayMs: 2000000 } }); ${DONE}`,
    );
    expect(end.outcome).toEqual({ kind: 'value', json: '1' });
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length).toBeLessThan(5);
  });
});

describe('CallSession with a worker that may be kept', () => {
  const RESULT = "send({ kind: 'result', call: 'c1', ok: true }, Buffer.from('1'));";
  const failed = (stage: string): string =>
    `send({ kind: 'result', call: 'c1', ok: false, failure: { stage: '${stage}', name: 'Error', message: 'm', stack: '' } }); stay();`;

  it.each([
    ['returns', DONE],
    ['throws', failed('run')],
    ['returns something that is no JSON', failed('output')],
  ])('keeps it when the skill %s', async (_name, program) => {
    expect((await play(program, {}, undefined, 'session')).reason).toBe('kept');
    expect((await play(program, {}, undefined, 'call')).reason).toBe('call-ended');
  });

  it.each([
    ['the skill does not load', failed('load'), {}, 'call-ended'],
    ['a budget is spent', 'stay();', { wallMs: 300 }, 'budget'],
    ['the protocol is violated', "send({ kind: 'loaded' }); send({ kind: 'loaded' }); stay();", {}, 'protocol'],
    [
      'the caller gives up',
      `send({ kind: 'log', level: 'info', text: 'abort me' }); hear('abort'); ${DONE}`,
      {},
      'call-ended',
    ],
    [
      'it speaks after its result',
      `raw(Buffer.concat([${frameOf(`{ kind: 'result', call: 'c1', ok: true }, Buffer.from('1')`)}, ${frameOf(`{ kind: 'log', level: 'info', text: 'late' }`)}])); stay();`,
      {},
      'protocol',
    ],
  ])('does not keep it when %s', async (_name, program, limits, reason) => {
    expect((await play(program, limits, undefined, 'session')).reason).toBe(reason);
  });

  it('does not keep it while an answer is on its way, which would reach the next call', async () => {
    const hanging: Broker = {
      perform: () => new Promise(() => undefined),
      [Symbol.asyncDispose]: async () => undefined,
    };
    const program = `send({ kind: 'request', id: 1, op: { family: 'fs', method: 'stat', path: '/docs' } }); ${RESULT} stay();`;
    const end = await play(program, {}, hanging, 'session');
    expect(end.outcome).toEqual({ kind: 'value', json: '1' });
    expect(end.reason).toBe('host-failed');
  });
});

function frameOf(args: string): string {
  return `frame(${args})`;
}
