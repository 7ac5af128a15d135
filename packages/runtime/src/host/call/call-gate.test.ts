import { resolveLimits } from '@carapace/manifest';
import { describe, expect, it } from 'vitest';
import { type CallGate, createCallGate } from './call-gate.ts';

interface Clock {
  ms: number;
}

function gateOf(concurrency: number, callsPerMinute: number): { readonly gate: CallGate; readonly clock: Clock } {
  const clock = { ms: 1_000 };
  return { gate: createCallGate(resolveLimits({ concurrency, callsPerMinute }), () => clock.ms), clock };
}

describe('createCallGate', () => {
  it('refuses more calls at once than the limit, and lets the next in when one leaves', () => {
    const { gate } = gateOf(2, 60);
    expect([gate.enter(), gate.enter(), gate.enter()]).toEqual([
      'entered',
      'entered',
      'ERR_CARAPACE_BUDGET_CONCURRENCY',
    ]);
    gate.leave();
    expect(gate.enter()).toBe('entered');
  });

  it('refuses more calls within any minute than the limit, and forgets a call after a minute', () => {
    const { gate, clock } = gateOf(4, 2);
    expect(gate.enter()).toBe('entered');
    clock.ms += 30_000;
    expect(gate.enter()).toBe('entered');
    gate.leave();
    gate.leave();
    clock.ms += 29_999;
    expect(gate.enter()).toBe('ERR_CARAPACE_BUDGET_RATE');
    clock.ms += 1;
    expect(gate.enter()).toBe('entered');
    expect(gate.enter()).toBe('ERR_CARAPACE_BUDGET_RATE');
  });

  it('does not count a refused call', () => {
    const { gate } = gateOf(1, 2);
    expect([gate.enter(), gate.enter()]).toEqual(['entered', 'ERR_CARAPACE_BUDGET_CONCURRENCY']);
    gate.leave();
    expect(gate.enter()).toBe('entered');
  });
});
