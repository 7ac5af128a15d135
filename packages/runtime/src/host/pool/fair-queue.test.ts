import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairQueue, type Ticket } from './fair-queue.ts';

interface Call {
  readonly tenant: string;
  readonly skill: string;
  readonly number: number;
}

const names = fc.record({ tenant: fc.constantFrom('a', 'b', 'c'), skill: fc.constantFrom('x', 'y', 'z') });

function fill(queue: FairQueue<Call>, calls: readonly Omit<Call, 'number'>[]): readonly Ticket<Call>[] {
  return calls.flatMap(({ tenant, skill }, number) => {
    const offer = queue.offer(tenant, skill, { tenant, skill, number });
    return offer.kind === 'queued' ? [offer.ticket] : [];
  });
}

function drain(queue: FairQueue<Call>): Call[] {
  const served: Call[] = [];
  for (let next = queue.inTurn().next(); next.done !== true; next = queue.inTurn().next()) {
    queue.serve(next.value);
    served.push(next.value.item);
  }
  return served;
}

/** How far the numbers of services differ at most between two lanes that both still wait. */
function unfairness(served: readonly Call[], laneOf: (call: Call) => string): number {
  const left = new Map<string, number>();
  for (const call of served) left.set(laneOf(call), (left.get(laneOf(call)) ?? 0) + 1);
  const turns = new Map([...left.keys()].map((lane) => [lane, 0]));
  let worst = 0;
  for (const call of served) {
    const lane = laneOf(call);
    turns.set(lane, (turns.get(lane) ?? 0) + 1);
    left.set(lane, (left.get(lane) ?? 0) - 1);
    const waiting = [...turns].filter(([name]) => (left.get(name) ?? 0) > 0).map(([, count]) => count);
    if (waiting.length > 1) worst = Math.max(worst, Math.max(...waiting) - Math.min(...waiting));
  }
  return worst;
}

describe('FairQueue', () => {
  it('serves one of each tenant, and within a tenant one of each skill, in turn and first come first', () => {
    const queue = new FairQueue<Call>(10);
    fill(queue, [
      { tenant: 'a', skill: 'x' },
      { tenant: 'a', skill: 'x' },
      { tenant: 'a', skill: 'y' },
      { tenant: 'b', skill: 'x' },
    ]);
    expect(drain(queue).map(({ tenant, skill, number }) => `${tenant}${skill}${number}`)).toEqual([
      'ax0',
      'bx3',
      'ay2',
      'ax1',
    ]);
    expect(queue.size).toBe(0);
  });

  it('lets nobody have a second turn before all who wait have had one', () => {
    fc.assert(
      fc.property(fc.array(names, { maxLength: 60 }), (calls) => {
        const queue = new FairQueue<Call>(1_000);
        fill(queue, calls);
        const served = drain(queue);
        expect(served).toHaveLength(calls.length);
        expect(unfairness(served, ({ tenant }) => tenant)).toBeLessThanOrEqual(1);
        for (const tenant of ['a', 'b', 'c']) {
          const own = served.filter((call) => call.tenant === tenant);
          expect(unfairness(own, ({ skill }) => skill)).toBeLessThanOrEqual(1);
        }
        for (const one of served) {
          const later = served.slice(served.indexOf(one) + 1);
          const lane = later.filter(({ tenant, skill }) => tenant === one.tenant && skill === one.skill);
          for (const other of lane) expect(other.number).toBeGreaterThan(one.number);
        }
      }),
    );
  });

  it('walks in the order in which it serves, also while what it stands on is served or removed', () => {
    fc.assert(
      fc.property(
        fc.array(names, { maxLength: 40 }),
        fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
        (calls, served) => {
          const [one, other] = [new FairQueue<Call>(1_000), new FairQueue<Call>(1_000)];
          fill(one, calls);
          fill(other, calls);
          const order = drain(one).map(({ number }) => number);
          const walked: number[] = [];
          for (const ticket of other.inTurn()) {
            if (served[walked.length] === true) other.serve(ticket);
            else other.remove(ticket);
            walked.push(ticket.item.number);
          }
          expect(walked).toEqual(order);
          expect(other.size).toBe(0);
        },
      ),
    );
  });

  it('takes out the item of a ticket once, and no other', () => {
    fc.assert(
      fc.property(fc.array(names, { minLength: 1, maxLength: 30 }), fc.nat(), (calls, pick) => {
        const queue = new FairQueue<Call>(1_000);
        const tickets = fill(queue, calls);
        const ticket = tickets[pick % tickets.length];
        if (ticket === undefined) return;
        queue.remove(ticket);
        queue.remove(ticket);
        queue.serve(ticket);
        expect(queue.size).toBe(calls.length - 1);
        expect(drain(queue).map(({ number }) => number)).not.toContain(ticket.item.number);
      }),
    );
  });

  it('never holds more than it may, and refuses only who could not gain by it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), fc.array(names, { maxLength: 60 }), (capacity, calls) => {
        const queue = new FairQueue<Call>(capacity);
        let held: Call[] = [];
        for (const [number, { tenant, skill }] of calls.entries()) {
          const count = (of: (call: Call) => boolean): number => held.filter(of).length;
          const longest = Math.max(0, ...held.map((one) => count((call) => call.tenant === one.tenant)));
          const own = held.filter((call) => call.tenant === tenant);
          const longestSkill = Math.max(0, ...own.map((one) => own.filter((call) => call.skill === one.skill).length));
          const offer = queue.offer(tenant, skill, { tenant, skill, number });
          const ownSkill = own.filter((call) => call.skill === skill).length;
          const gains = longest - own.length >= 2 || longestSkill - ownSkill >= 2;
          expect(offer.kind).toBe(held.length < capacity || gains ? 'queued' : 'refused');
          if (offer.kind === 'refused') continue;
          expect(offer.displaced !== undefined).toBe(held.length === capacity);
          held = [...held.filter((call) => call !== offer.displaced), offer.ticket.item];
          expect(queue.size).toBe(held.length);
        }
        expect(new Set(drain(queue))).toEqual(new Set(held));
      }),
    );
  });

  it('displaces the newest of the longest lane', () => {
    const queue = new FairQueue<Call>(4);
    fill(queue, [
      { tenant: 'a', skill: 'x' },
      { tenant: 'a', skill: 'x' },
      { tenant: 'a', skill: 'y' },
      { tenant: 'b', skill: 'x' },
    ]);
    expect(queue.offer('c', 'x', { tenant: 'c', skill: 'x', number: 4 })).toMatchObject({ displaced: { number: 1 } });
    expect(queue.offer('c', 'x', { tenant: 'c', skill: 'x', number: 5 })).toEqual({ kind: 'refused' });
    expect(queue.offer('d', 'x', { tenant: 'd', skill: 'x', number: 6 })).toMatchObject({ displaced: { number: 2 } });
  });

  it('displaces the newest of the longest skill when it is the own tenant that fills the queue', () => {
    const queue = new FairQueue<Call>(3);
    fill(
      queue,
      [1, 2, 3].map(() => ({ tenant: 'a', skill: 'x' })),
    );
    expect(queue.offer('a', 'x', { tenant: 'a', skill: 'x', number: 3 })).toEqual({ kind: 'refused' });
    expect(queue.offer('a', 'y', { tenant: 'a', skill: 'y', number: 4 })).toMatchObject({ displaced: { number: 2 } });
  });

  it('counts a turn that was taken in another way', () => {
    const queue = new FairQueue<Call>(10);
    fill(queue, [
      { tenant: 'a', skill: 'x' },
      { tenant: 'a', skill: 'y' },
      { tenant: 'b', skill: 'x' },
    ]);
    queue.passTurn('a', 'x');
    queue.passTurn('c', 'x');
    expect(drain(queue).map(({ number }) => number)).toEqual([2, 1, 0]);
  });

  it('tells the oldest of each lane', () => {
    const queue = new FairQueue<Call>(10);
    fill(queue, [
      { tenant: 'a', skill: 'x' },
      { tenant: 'a', skill: 'x' },
      { tenant: 'a', skill: 'y' },
      { tenant: 'b', skill: 'x' },
    ]);
    expect([...queue.heads()].map(({ tenant, skill, item }) => `${tenant}${skill}${item.number}`)).toEqual([
      'ax0',
      'ay2',
      'bx3',
    ]);
  });

  it('is no slower the longer it is', () => {
    const queue = new FairQueue<number>(30_000);
    const tickets: Ticket<number>[] = [];
    for (let number = 0; number < 30_000; number += 1) {
      const offer = queue.offer('a', 'x', number);
      if (offer.kind === 'queued') tickets.push(offer.ticket);
    }
    // From the front, where a list that moves or a set that skips what was deleted would take minutes.
    for (const ticket of tickets) {
      expect(queue.inTurn().next().value).toBe(ticket);
      queue.serve(ticket);
    }
    expect(queue.size).toBe(0);
  });
});
