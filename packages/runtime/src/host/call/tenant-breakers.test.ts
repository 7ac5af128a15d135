import { describe, expect, it } from 'vitest';
import type { CallOutcome } from './call-outcome.ts';
import { TenantBreakers } from './tenant-breakers.ts';

const CRASHED: CallOutcome = { kind: 'crashed', description: 'ended by SIGSEGV' };
const ENTERED = { trial: false };

function crash(breakers: TenantBreakers, tenant: string, times: number): void {
  for (let time = 0; time < times; time += 1) breakers.record(tenant, ENTERED, CRASHED);
}

describe('TenantBreakers', () => {
  it('suspends the tenant whose calls crash, and no other', () => {
    const breakers = new TenantBreakers(() => 0);
    crash(breakers, 'a', 5);
    expect(breakers.admit('a')).toEqual({ kind: 'refused', retryInMs: 1_000 });
    expect(breakers.admit('b')).toEqual({ kind: 'admitted', trial: false });
  });

  it('remembers nobody who does well', () => {
    const breakers = new TenantBreakers(() => 0);
    breakers.record('a', ENTERED, { kind: 'value', json: '1' });
    expect(breakers.size).toBe(0);
    crash(breakers, 'a', 2);
    expect(breakers.size).toBe(1);
    breakers.record('a', ENTERED, { kind: 'value', json: '1' });
    expect(breakers.size).toBe(0);
  });

  it('lets one trial in after the wait, whose success ends the suspension', () => {
    let now = 0;
    const breakers = new TenantBreakers(() => now);
    crash(breakers, 'a', 5);
    now = 1_000;
    const trial = breakers.admit('a');
    expect(trial).toEqual({ kind: 'admitted', trial: true });
    expect(breakers.admit('a').kind).toBe('refused');
    breakers.record('a', { trial: true }, { kind: 'value', json: '1' });
    expect(breakers.admit('a')).toEqual({ kind: 'admitted', trial: false });
  });
});
