import { describe, expect, it } from 'vitest';
import { NetGate } from './net-gate.ts';

const never = (): AbortSignal => new AbortController().signal;
const settled = async (promise: Promise<unknown>): Promise<boolean> =>
  await Promise.race([
    promise.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 5)),
  ]);

describe('NetGate', () => {
  it('NP-254 bounds a call, a skill and everybody', async () => {
    const gate = new NetGate({ perCall: 2, perSkill: 3, total: 4 });
    const [one, two] = [{}, {}];
    await gate.enter({ call: one, skill: 'a' }, never());
    await gate.enter({ call: one, skill: 'a' }, never());
    expect(await settled(gate.enter({ call: one, skill: 'a' }, never()))).toBe(false);
    await gate.enter({ call: two, skill: 'a' }, never());
    expect(await settled(gate.enter({ call: two, skill: 'a' }, never()))).toBe(false);
    await gate.enter({ call: {}, skill: 'b' }, never());
    expect(await settled(gate.enter({ call: {}, skill: 'c' }, never()))).toBe(false);
    expect(gate.open).toBe(4);
  });

  it('lets nobody wait behind a skill that is at its own bound', async () => {
    const gate = new NetGate({ perCall: 1, perSkill: 1, total: 2 });
    const leaveA = await gate.enter({ call: {}, skill: 'a' }, never());
    const secondA = gate.enter({ call: {}, skill: 'a' }, never());
    expect(await settled(gate.enter({ call: {}, skill: 'b' }, never()))).toBe(true);
    expect(await settled(secondA)).toBe(false);
    leaveA?.();
    leaveA?.();
    expect(await settled(secondA)).toBe(true);
    expect(gate.open).toBe(2);
  });

  it('lets whoever waited longest in first', async () => {
    const gate = new NetGate({ perCall: 9, perSkill: 9, total: 1 });
    const leave = await gate.enter({ call: {}, skill: 'a' }, never());
    const order: string[] = [];
    const visit = async (skill: string): Promise<void> => {
      const release = await gate.enter({ call: {}, skill }, never());
      order.push(skill);
      release?.();
    };
    const visits = [visit('b'), visit('c')];
    leave?.();
    await Promise.all(visits);
    expect(order).toEqual(['b', 'c']);
    expect(gate.open).toBe(0);
  });

  it('gives up with the signal, before and while it waits', async () => {
    const gate = new NetGate({ perCall: 1, perSkill: 1, total: 1 });
    expect(await gate.enter({ call: {}, skill: 'a' }, AbortSignal.abort())).toBeUndefined();
    const leave = await gate.enter({ call: {}, skill: 'a' }, never());
    const abort = new AbortController();
    const waiting = gate.enter({ call: {}, skill: 'b' }, abort.signal);
    abort.abort();
    expect(await waiting).toBeUndefined();
    leave?.();
    expect(gate.open).toBe(0);
  });
});
