import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SessionTurns } from './session-turns.ts';

describe('SessionTurns', () => {
  it('lets one caller of a session in at a time, in the order in which they came', async () => {
    const turns = new SessionTurns(8);
    const order: string[] = [];
    const call = async (name: string): Promise<void> => {
      await turns.enter('s', undefined);
      order.push(`${name} in`);
      await Promise.resolve();
      order.push(`${name} out`);
      turns.leave('s');
    };
    await Promise.all(['a', 'b', 'c'].map(call));
    expect(order).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
  });

  it('keeps sessions apart', async () => {
    const turns = new SessionTurns(0);
    await turns.enter('s', undefined);
    await turns.enter('other', undefined);
    expect(turns.enterFree('s')).toBe(false);
    turns.leave('s');
    expect(turns.enterFree('s')).toBe(true);
  });

  it('refuses more waiting calls than it was told', async () => {
    const turns = new SessionTurns(1);
    await turns.enter('s', undefined);
    const waiting = turns.enter('s', undefined);
    await expect(turns.enter('s', undefined)).rejects.toMatchObject({ code: 'ERR_CARAPACE_RUNTIME_BUSY' });
    turns.leave('s');
    await waiting;
    expect(turns.waiting).toBe(0);
  });

  it('forgets a caller that gives up, and passes its turn on', async () => {
    const turns = new SessionTurns(8);
    const caller = new AbortController();
    await turns.enter('s', undefined);
    const givesUp = turns.enter('s', caller.signal);
    const stays = turns.enter('s', undefined);
    caller.abort('gone');
    await expect(givesUp).rejects.toBe('gone');
    turns.leave('s');
    await stays;
    turns.leave('s');
    expect(turns.enterFree('s')).toBe(true);
  });

  it('rejects at once a caller that has given up already', async () => {
    await expect(new SessionTurns(8).enter('s', AbortSignal.abort('gone'))).rejects.toBe('gone');
  });

  it('never lets two in, whatever comes and goes', async () => {
    const step = fc.record({ session: fc.constantFrom('a', 'b'), abort: fc.boolean(), ticks: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const turns = new SessionTurns(100);
        const inside = new Map<string, number>();
        await Promise.allSettled(
          steps.map(async ({ session, abort, ticks }) => {
            const caller = new AbortController();
            const entered = turns.enter(session, caller.signal);
            if (abort) caller.abort();
            await entered;
            inside.set(session, (inside.get(session) ?? 0) + 1);
            expect(inside.get(session)).toBe(1);
            for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
            inside.set(session, 0);
            turns.leave(session);
          }),
        );
        expect(turns.enterFree('a') && turns.enterFree('b')).toBe(true);
        expect(turns.waiting).toBe(0);
      }),
    );
  });
});
