import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { POOL_DEFAULTS } from '../../runtime-options.ts';
import { PROFILE, requestOf } from './fixtures/open-pool.ts';
import { ProfileBooks } from './profile-book.ts';
import { Waiter } from './waiter.ts';

const book = new ProfileBooks(POOL_DEFAULTS, PROFILE).first;

describe('Waiter', () => {
  it('leaves and rejects with the reason of its signal', async () => {
    const caller = new AbortController();
    const waiter = new Waiter(requestOf({ signal: caller.signal }), book, 0);
    let left = 0;
    waiter.listen(() => {
      left += 1;
    });
    caller.abort('gone');
    await expect(waiter.ready).rejects.toBe('gone');
    expect(left).toBe(1);
  });

  it('leaves no listener on the signal of a caller, who may make a thousand calls with it', async () => {
    const { signal } = new AbortController();
    const waiter = new Waiter(requestOf({ signal }), book, 0);
    waiter.listen(() => undefined);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    waiter.reject(new Error('full'));
    await expect(waiter.ready).rejects.toThrow('full');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
