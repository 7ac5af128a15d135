import { describe, expect, it } from 'vitest';
import type { WorkerToHost } from '../protocol/messages.ts';
import { GuestUpdates } from './guest-updates.ts';
import { WIRE_LIMITS } from './guest-wire.ts';

interface Rig {
  readonly updates: GuestUpdates;
  readonly sent: WorkerToHost[];
  /** Reports `from` to `to`, one after the other, without time passing. */
  readonly report: (from: number, to: number) => void;
  readonly wait: (ms: number) => void;
  readonly told: () => unknown[];
}

function rig(maxPartialBytes = 1_000_000): Rig {
  const sent: WorkerToHost[] = [];
  let now = 1_000;
  const port = { send: (message: WorkerToHost): void => void sent.push(message), nextRequestId: () => 1 };
  const updates = new GuestUpdates(port, maxPartialBytes, () => now);
  return {
    updates,
    sent,
    report: (from, to) => {
      for (let progress = from; progress <= to; progress += 1)
        updates.answerOp('progress', JSON.stringify({ progress, message: '' }));
    },
    wait: (ms) => {
      now += ms;
    },
    told: () => sent.splice(0).map((message) => (message.kind === 'progress' ? message.progress : message.kind)),
  };
}

describe('GuestUpdates, progress', () => {
  it('sends a burst at once and holds back the latest of what follows', () => {
    const { updates, report, wait, told } = rig();
    report(1, 500);
    expect(told()).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    updates.sendDue();
    wait(49);
    updates.sendDue();
    expect(told()).toEqual([]);
    wait(1);
    updates.sendDue();
    updates.sendDue();
    expect(told()).toEqual([500]);
  });

  it('keeps a rate of twenty a second, however long it was silent', () => {
    const { report, wait, told } = rig();
    wait(60_000);
    report(1, 100);
    expect(told()).toHaveLength(20);
    for (let beat = 0; beat < 10; beat += 1) {
      wait(25);
      report(beat, beat);
    }
    expect(told()).toHaveLength(5);
  });

  it('tells the last report at the end of the call, and nothing of it in the next', () => {
    const { updates, report, told } = rig();
    report(1, 30);
    updates.end();
    updates.end();
    expect(told().at(-1)).toBe(30);
    report(31, 60);
    updates.reset();
    updates.end();
    expect(told()).toEqual([]);
    report(61, 100);
    expect(told()).toHaveLength(20);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['figures that are no numbers', '{"progress":"1"}'],
    ['figures below zero', '{"progress":-1}'],
    ['figures out of range', '{"total":1e400}'],
    ['too long a text', `{"progress":1,"message":"${'x'.repeat(WIRE_LIMITS.requestLength)}"}`],
  ])('refuses %s, so that no skill makes this worker break the protocol', (_name, payload) => {
    const { updates, sent } = rig();
    expect(updates.answerOp('progress', payload)).toEqual({ ok: false, code: 'bad-op' });
    expect(sent).toEqual([]);
  });

  it('cuts a message in bytes and makes it well-formed', () => {
    const { updates, sent } = rig();
    updates.answerOp('progress', JSON.stringify({ message: '\ud800é'.repeat(1_000) }));
    const [message] = sent;
    expect(message?.kind === 'progress' && Buffer.byteLength(message.message)).toBe(1_023);
    expect(message?.kind === 'progress' && message.message.isWellFormed()).toBe(true);
  });
});

describe('GuestUpdates, partial text', () => {
  it('cuts long text into full messages and loses nothing', () => {
    const { updates, sent } = rig();
    const text = `${'x'.repeat(8_191)}👩\ud83d`.repeat(3);
    updates.answerOp('partial', text);
    const pieces = sent.map((message) => (message.kind === 'partial' ? message.text : ''));
    expect(pieces.map(({ length }) => length)).toEqual([8_192, 8_192, 8_192, text.length - 3 * 8_192]);
    expect(pieces.join('')).toBe(text);
  });

  it('collects small texts beyond the rate and loses nothing', () => {
    const { updates, sent, wait, told } = rig();
    for (let step = 0; step < 10_000; step += 1) updates.answerOp('partial', String(step % 10));
    expect(sent).toHaveLength(21);
    wait(50);
    updates.sendDue();
    updates.answerOp('partial', 'rest');
    updates.end();
    const text = sent.map((message) => (message.kind === 'partial' ? message.text : '')).join('');
    expect(text).toBe(`${'0123456789'.repeat(1_000)}rest`);
    expect(told()).toHaveLength(23);
  });

  it('forgets at the next call what was left of the one before', () => {
    const { updates, sent } = rig();
    for (let step = 0; step < 30; step += 1) updates.answerOp('partial', 'x');
    updates.reset();
    updates.end();
    expect(sent).toHaveLength(20);
  });

  it('RS-083 stops behind the message that crosses the budget, also in bytes', () => {
    const { updates, sent } = rig(10_000);
    updates.answerOp('partial', 'é'.repeat(100_000));
    updates.answerOp('partial', 'more');
    expect(sent).toHaveLength(1);
    updates.reset();
    updates.answerOp('partial', 'next call');
    expect(sent).toHaveLength(2);
  });
});
