import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenPool, openPool, PROFILE } from '../pool/fixtures/open-pool.ts';
import { nodePoolPowers } from '../pool/pool-powers.ts';
import { RECYCLE_RULES } from './recycle-rule.ts';
import { type LeaseWish, WorkerLeases } from './worker-leases.ts';

/** No worker leaves its place by itself. */
const UNWORN = {
  skill: { ...RECYCLE_RULES.skill, maxCalls: Number.POSITIVE_INFINITY },
  session: { ...RECYCLE_RULES.session, maxCalls: Number.POSITIVE_INFINITY },
};

let open: OpenPool;
let leases: WorkerLeases;
beforeEach(async () => {
  // One worker for all.
  open = await openPool({}, { reclaim: () => leases.reclaim() });
  leases = new WorkerLeases({ pool: open.pool, now: nodePoolPowers.now, maxQueue: 8, rules: UNWORN });
});
afterEach(async () => {
  leases.close();
  await open[Symbol.asyncDispose]();
});

function wishOf(isolation: 'skill' | 'session', tenant: string): LeaseWish {
  return {
    profile: PROFILE,
    tenant,
    skill: 's',
    memoryMiB: 64,
    isolation,
    key: { text: `${isolation} ${tenant}`, skill: 's' },
    cpuMs: 1_000,
    onRetired: () => undefined,
  };
}

/** Calls one after the other, without a pause, as long as `goOn` says. */
async function flood(wish: LeaseWish, goOn: () => boolean): Promise<void> {
  while (goOn()) {
    const lease = leases.takeReady(wish) ?? (await leases.lease(wish));
    await new Promise((resolve) => setImmediate(resolve));
    leases.giveBack(lease, wish, true);
  }
}

describe('WorkerLeases among tenants', () => {
  it.each([
    ['skill', 1],
    ['skill', 3],
    ['session', 1],
  ] as const)(
    'serve a tenant who waits, though another one never stops calling (%s, %i at once)',
    async (isolation, atOnce) => {
      let served = false;
      const busy = wishOf(isolation, 'busy');
      const floods = Array.from({ length: atOnce }, () => flood(busy, () => !served));
      await expect.poll(() => open.pool.stats.busy, { timeout: 20_000 }).toBe(1);
      const quiet = wishOf(isolation, 'quiet');
      const lease = await leases.lease(quiet);
      served = true;
      leases.giveBack(lease, quiet, false);
      await Promise.all(floods);
      expect(lease.key.text).toBe(`${isolation} quiet`);
    },
  );
});
