import { describe, expect, it } from 'vitest';
import { MAX_GUEST_REQUESTS } from '../../protocol/messages.ts';
import { WIRE_LIMITS } from '../../worker/guest-wire.ts';
import { MAX_OPEN_REQUESTS, RequestTable } from './request-table.ts';

function fill(table: RequestTable, from: number, count: number): void {
  for (let id = from; id < from + count; id += 1) table.open(id);
}

describe('RequestTable', () => {
  it('IP-136 holds so many requests without an answer and no more', () => {
    const table = new RequestTable();
    fill(table, 1, MAX_OPEN_REQUESTS);
    expect(() => table.open(MAX_OPEN_REQUESTS + 1)).toThrow(expect.objectContaining({ rule: 'open-requests' }));
  });

  it('makes room with every answer and every cancel', () => {
    const table = new RequestTable();
    fill(table, 1, MAX_OPEN_REQUESTS);
    table.close(1);
    table.cancel(2);
    expect(() => fill(table, MAX_OPEN_REQUESTS + 1, 2)).not.toThrow();
  });

  it('holds what an honest worker may ask at once, its timers included', () => {
    expect(MAX_GUEST_REQUESTS + WIRE_LIMITS.pendingTimers).toBeLessThan(MAX_OPEN_REQUESTS);
  });

  it('IP-140 lets ids rise over the whole life of a worker, calls or no calls', () => {
    const table = new RequestTable();
    table.open(5);
    table.abortAll();
    expect(() => table.open(5)).toThrow(expect.objectContaining({ rule: 'request-id' }));
    expect(() => table.cancel(5)).toThrow(expect.objectContaining({ rule: 'cancel' }));
    expect(table.open(6).aborted).toBe(false);
  });
});
