import { describe, expect, it } from 'vitest';
import type { WorkerToHost } from '../protocol/messages.ts';
import { openSkill, runSkill } from './fixtures/run-skill.ts';
import { GuestSession, type Turn } from './guest-session.ts';
import { WIRE_LIMITS } from './guest-wire.ts';

const RETURNED: Turn = { kind: 'returned' };
const READ = '{"op":{"family":"fs","method":"readFile","path":"/docs/a"},"form":"bytes"}';
const SLEEP = '{"op":{"family":"timer","method":"sleep","delayMs":5},"form":"none"}';

interface Rig {
  readonly session: GuestSession;
  readonly sent: WorkerToHost[];
  readonly entered: string[];
  turn: Turn;
  /** What the guest does during its next turn. */
  during: () => void;
}

function rig(limits = {}, fs = true): Rig {
  const sent: WorkerToHost[] = [];
  const entered: string[] = [];
  const state: Pick<Rig, 'turn' | 'during'> = { turn: RETURNED, during: () => undefined };
  const load = {
    source: '',
    filename: 'dist/skill.js',
    limits: { outputBytes: 100, logBytes: 100, requests: 2, ...limits },
    endowments: { fs, net: false },
  };
  const realm = {
    receive: (...args: readonly string[]): Turn => {
      entered.push(args.join('|'));
      state.during();
      return state.turn;
    },
    probeLoad: (): Turn => RETURNED,
  };
  let lastRequest = 0;
  const nextRequestId = (): number => {
    lastRequest += 1;
    return lastRequest;
  };
  const session = new GuestSession(load, { send: (message) => void sent.push(message), nextRequestId }, realm);
  return Object.assign(state, { session, sent, entered });
}

function running(limits = {}): Rig {
  const made = rig(limits);
  made.session.handleOp('registered', '');
  made.session.start(() => RETURNED);
  made.session.call('c1', 't', '{}');
  made.sent.length = 0;
  return made;
}

/** Lets the guest do something that belongs into a turn, and ends the turn. */
function inTurn(made: Rig, during: () => void): void {
  made.during = during;
  made.session.abort('a turn');
  made.during = () => undefined;
}

describe('phases', () => {
  it('allows requests while the skill loads and while a call runs', () => {
    const { session } = rig();
    expect(session.handleOp('request', READ)).toEqual({ ok: true, payload: '1' });
    expect(running().session.handleOp('request', READ)).toEqual({ ok: true, payload: '1' });
  });

  it('takes progress and partial text while a call runs and not while the skill loads', () => {
    for (const [op, payload] of [
      ['progress', '{"progress":1}'],
      ['partial', 'x'],
    ] as const) {
      expect(rig().session.handleOp(op, payload)).toEqual({ ok: false, code: 'call-ended' });
      const { session, sent } = running();
      expect(session.handleOp(op, payload)).toEqual({ ok: true, payload: '' });
      expect(sent.map(({ kind }) => kind)).toEqual([op]);
    }
  });

  it('BD-102 refuses every effect after the result, and sends nothing', () => {
    const { session, sent } = running();
    session.handleOp('result', '1');
    const before = sent.length;
    expect(session.handleOp('request', READ)).toEqual({ ok: false, code: 'call-ended' });
    expect(session.handleOp('request', SLEEP)).toEqual({ ok: false, code: 'call-ended' });
    expect(session.handleOp('log', 'info\nx')).toEqual({ ok: false, code: 'call-ended' });
    expect(session.handleOp('partial', 'x')).toEqual({ ok: false, code: 'call-ended' });
    expect(session.handleOp('progress', '{"progress":1}')).toEqual({ ok: false, code: 'call-ended' });
    expect(sent).toHaveLength(before);
  });

  it('IP-154 never enters a tool whose call was aborted while the skill loaded', () => {
    const { session, sent, entered } = rig();
    session.start(() => RETURNED);
    session.abort('nobody called yet');
    session.call('c1', 't', '{}');
    session.abort('gone');
    session.abort('gone again');
    session.handleOp('registered', '');
    session.deliver({ kind: 'reply', id: 9, ok: true });
    session.handleOp('request', SLEEP);
    session.deliver({ kind: 'reply', id: 1, ok: true });
    expect(entered.filter((command) => command.startsWith('call'))).toEqual([]);
    expect(sent).toMatchObject([
      { kind: 'result', call: 'c1', ok: false, failure: { name: 'AbortError', message: 'gone' } },
      { kind: 'request' },
      { kind: 'loaded' },
    ]);
  });

  it('BD-103 takes back what was asked for while the result was made', () => {
    const made = running();
    const { session, sent } = made;
    session.handleOp('request', READ);
    session.handleOp('request', SLEEP);
    inTurn(made, () => session.handleOp('result', '1'));
    expect(sent.slice(2).map(({ kind }) => kind)).toEqual(['cancel', 'cancel', 'result']);
    session.deliver({ kind: 'reply', id: 1, ok: true }, Buffer.from('late'));
  });

  it('BD-104 sends one result per call and ignores any further one', () => {
    const made = running();
    const { session, sent } = made;
    inTurn(made, () => session.handleOp('result', '1'));
    expect(session.handleOp('result', '2')).toEqual({ ok: false, code: 'call-ended' });
    expect(session.handleOp('failure', '{}')).toEqual({ ok: false, code: 'call-ended' });
    expect(sent.filter(({ kind }) => kind === 'result')).toHaveLength(1);
  });

  it('tells the host of a result only when the turn is over and nothing of the call runs any more', () => {
    const made = running();
    inTurn(made, () => {
      made.session.handleOp('result', '1');
      expect(made.sent).toEqual([]);
    });
    expect(made.sent).toEqual([{ kind: 'result', call: 'c1', ok: true }]);
  });

  it('ignores a second registration', () => {
    const { session } = running();
    expect(session.handleOp('registered', '')).toEqual({ ok: false, code: 'bad-op' });
  });

  it('refuses fs ops without the endowment, whatever the guest calls', () => {
    expect(rig({}, false).session.handleOp('request', READ)).toEqual({ ok: false, code: 'no-such-endowment' });
  });

  it('drops answers nobody waits for, in parts or whole', () => {
    const { session, entered } = running();
    const before = entered.length;
    session.deliver({ kind: 'reply', id: 9, ok: true, more: true }, Buffer.from('x'));
    session.deliver({ kind: 'reply', id: 9, ok: true });
    session.deliver({ kind: 'reply', id: 9, ok: false, code: 'X', message: 'y' });
    expect(entered).toHaveLength(before);
  });
});

describe('limits', () => {
  it('RS-084 refuses requests beyond those that may be pending, and counts timers apart', () => {
    const { session } = running();
    session.handleOp('request', READ);
    session.handleOp('request', READ);
    expect(session.handleOp('request', READ)).toEqual({ ok: false, code: 'too-many-requests' });
    expect(session.handleOp('request', SLEEP).ok).toBe(true);
    session.deliver({ kind: 'reply', id: 1, ok: true });
    expect(session.handleOp('request', READ).ok).toBe(true);
  });

  it('refuses timers beyond their limit', () => {
    const { session } = running();
    for (let index = 0; index < WIRE_LIMITS.pendingTimers; index += 1) session.handleOp('request', SLEEP);
    expect(session.handleOp('request', SLEEP)).toEqual({ ok: false, code: 'too-many-timers' });
  });

  it('RS-083 sends the log line that crosses the budget, drops all after it, and starts anew with the next call', () => {
    const made = running({ logBytes: 10 });
    const { session, sent } = made;
    for (let index = 0; index < 10; index += 1) session.handleOp('log', 'warn\nabcd');
    expect(sent.map((message) => (message.kind === 'log' ? message.text : ''))).toEqual(['abcd', 'abcd', 'abcd']);
    inTurn(made, () => session.handleOp('result', '1'));
    session.call('c2', 't', '{}');
    session.handleOp('log', 'nonsense\nagain');
    expect(sent.at(-1)).toEqual({ kind: 'log', level: 'info', text: 'again' });
  });
});

describe('BD-105 and IS-049 in a real isolate', () => {
  it('a reply handler may ask for more at once', () => {
    const source = `import fs from 'node:fs/promises';
      export const tools = { t: () => fs.readFile('/a', 'utf8').then((a) => fs.readFile('/' + a, 'utf8')) };`;
    const run = runSkill(source, { answer: (op) => ({ body: Buffer.from('path' in op ? `${op.path.length}` : '') }) });
    expect(run.ops).toEqual([
      { family: 'fs', method: 'readFile', path: '/a' },
      { family: 'fs', method: 'readFile', path: '/2' },
    ]);
    expect(run.value).toBe('2');
  });

  it('a rejection left by one call is not the error of the next', () => {
    const opened = openSkill(`export const tools = { t: (input) => {
      if (input.first) { Promise.reject(new Error('left behind')); setTimeout(() => { throw new Error('late'); }, 1); }
      return input;
    } };`);
    expect(opened.call('t', { first: true }).value).toEqual({ first: true });
    const second = opened.call('t', { first: false });
    expect(second.value).toEqual({ first: false });
    expect(second.logs).toEqual([]);
  });

  it('a rejection during a call is logged and the call goes on', () => {
    const run = runSkill(
      `export const tools = { async t() { Promise.reject(new TypeError('lost')); await new Promise((r) => setTimeout(r, 1)); return 1; } };`,
    );
    expect(run.logs).toEqual(['Unhandled rejection: TypeError: lost']);
    expect(run.value).toBe(1);
  });

  it('BD-102 code that goes on after its result has no effect', () => {
    const opened = openSkill(`import fs from 'node:fs/promises'; let after = [];
      export const tools = { t: (input) => {
        if (input.read) return after;
        setTimeout(() => after.push('timer'), 1);
        (async () => { for (let i = 0; i < 20; i += 1) await null; console.log('after'); try { await fs.readFile('/x'); } catch (e) { after.push(e.carapaceCode); } })();
        return 1;
      } };`);
    const first = opened.call('t', {});
    expect(first.sent.map(({ kind }) => kind)).toEqual(['request', 'cancel', 'result']);
    expect(opened.call('t', { read: true }).value).toEqual(['call-ended']);
  });

  it('a request of an ended call is refused when the next one starts, so a shared promise cannot hang it', () => {
    const opened = openSkill(
      `import fs from 'node:fs/promises'; let shared;
      export const tools = { t: (input) => { if (!input.wait) { shared = fs.readFile('/x'); return 1; } return shared.catch((e) => e.carapaceCode); } };`,
      { answer: () => 'silence' },
    );
    opened.call('t', {});
    expect(opened.call('t', { wait: true }).value).toBe('call-ended');
  });
});

describe('stacks', () => {
  const failing = `{"stage":"run","name":"Error","message":"m","stack":"Error: m\\n    at t (dist/skill.js:1:1)"}`;

  it('asks for the source map only when a frame of the bundle is in the stack', () => {
    const made = running();
    const { session, sent } = made;
    inTurn(made, () => session.handleOp('failure', '{"stage":"run","name":"Error","message":"m","stack":"Error: m"}'));
    expect(sent.map(({ kind }) => kind)).toEqual(['result']);
  });

  it('sends the failure with the stack unmapped when there is no map', () => {
    const made = running();
    const { session, sent } = made;
    inTurn(made, () => session.handleOp('failure', failing));
    expect(sent.at(-1)).toMatchObject({ kind: 'request', op: { family: 'skill', method: 'sourceMap' } });
    session.deliver({ kind: 'reply', id: 1, ok: false, code: 'X', message: 'none' });
    expect(sent.at(-1)).toMatchObject({
      kind: 'result',
      ok: false,
      failure: { stack: 'Error: m\n    at t (dist/skill.js:1:1)' },
    });
  });

  it('joins a map that comes in parts', () => {
    const made = running();
    const { session, sent } = made;
    inTurn(made, () => session.handleOp('failure', failing));
    const map = Buffer.from('{"version":3,"sources":["../src/a.ts"],"names":[],"mappings":"AAAA"}');
    session.deliver({ kind: 'reply', id: 1, ok: true, more: true }, map.subarray(0, 20));
    session.deliver({ kind: 'reply', id: 1, ok: true }, map.subarray(20));
    expect(sent.at(-1)).toMatchObject({ failure: { stack: 'Error: m\n    at t (src/a.ts:1:1)' } });
  });

  it('does without a map that is too large', () => {
    const made = running();
    const { session, sent } = made;
    inTurn(made, () => session.handleOp('failure', failing));
    for (let index = 0; index < 9; index += 1) {
      session.deliver({ kind: 'reply', id: 1, ok: true, more: true }, Buffer.alloc(1024 * 1024, 0x20));
    }
    session.deliver({ kind: 'reply', id: 1, ok: true });
    expect(sent.at(-1)).toMatchObject({ kind: 'result', failure: { stack: 'Error: m\n    at t (dist/skill.js:1:1)' } });
  });
});
