import { resolveLimits } from '@carapace/manifest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallGate, createCallGate, type ToolCallLimits } from './call-gate.ts';

interface Clock {
  ms: number;
}

function gateOf(
  concurrency: number,
  callsPerMinute: number,
  tools: Readonly<Record<string, ToolCallLimits>> = {},
): { readonly gate: CallGate; readonly clock: Clock } {
  const clock = { ms: 1_000 };
  const limits = resolveLimits({ concurrency, callsPerMinute });
  return { gate: createCallGate(limits, new Map(Object.entries(tools)), () => clock.ms), clock };
}

describe('createCallGate', () => {
  it('refuses more calls at once than the limit, and lets the next in when one leaves', () => {
    const { gate } = gateOf(2, 60);
    expect([gate.enter('t'), gate.enter('u'), gate.enter('v')]).toEqual([
      'entered',
      'entered',
      'ERR_CARAPACE_BUDGET_CONCURRENCY',
    ]);
    gate.leave('t');
    expect(gate.enter('v')).toBe('entered');
  });

  it('refuses more calls within any minute than the limit, and forgets a call after a minute', () => {
    const { gate, clock } = gateOf(4, 2);
    expect(gate.enter('t')).toBe('entered');
    clock.ms += 30_000;
    expect(gate.enter('t')).toBe('entered');
    gate.leave('t');
    gate.leave('t');
    clock.ms += 29_999;
    expect(gate.enter('t')).toBe('ERR_CARAPACE_BUDGET_RATE');
    clock.ms += 1;
    expect(gate.enter('t')).toBe('entered');
    expect(gate.enter('t')).toBe('ERR_CARAPACE_BUDGET_RATE');
  });

  it('does not count a refused call', () => {
    const { gate } = gateOf(1, 2);
    expect([gate.enter('t'), gate.enter('t')]).toEqual(['entered', 'ERR_CARAPACE_BUDGET_CONCURRENCY']);
    gate.leave('t');
    expect(gate.enter('t')).toBe('entered');
  });

  it('counts a tool against its own limits too, and the others not', () => {
    const { gate } = gateOf(4, 60, { slow: { concurrency: 1 }, rare: { callsPerMinute: 1 } });
    expect([gate.enter('slow'), gate.enter('slow')]).toEqual(['entered', 'ERR_CARAPACE_BUDGET_CONCURRENCY']);
    expect([gate.enter('rare'), gate.enter('rare')]).toEqual(['entered', 'ERR_CARAPACE_BUDGET_RATE']);
    expect(gate.enter('other')).toBe('entered');
    gate.leave('slow');
    expect(gate.enter('slow')).toBe('entered');
    gate.leave('rare');
    expect(gate.enter('rare')).toBe('ERR_CARAPACE_BUDGET_RATE');
  });

  it('lets the limits of the skill stand above those of its tools', () => {
    const { gate } = gateOf(1, 60, { free: { concurrency: 9, callsPerMinute: 90 } });
    expect([gate.enter('free'), gate.enter('free')]).toEqual(['entered', 'ERR_CARAPACE_BUDGET_CONCURRENCY']);
  });

  it('counts a call that one of its limits refused against none of them', () => {
    const { gate } = gateOf(4, 2, { slow: { concurrency: 1, callsPerMinute: 2 } });
    expect([gate.enter('slow'), gate.enter('slow')]).toEqual(['entered', 'ERR_CARAPACE_BUDGET_CONCURRENCY']);
    gate.leave('slow');
    expect(gate.enter('slow')).toBe('entered');
  });

  it('takes a name from outside for nothing but a name', () => {
    const { gate } = gateOf(4, 60, { slow: { concurrency: 1 } });
    expect(gate.enter('__proto__')).toBe('entered');
    expect(gate.enter('constructor')).toBe('entered');
  });

  it('decides as a list of all starts within the last minute would, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 300 }),
        (callsPerMinute, pauses) => {
          const clock = { ms: 0 };
          const gate = createCallGate({ concurrency: 1_000, callsPerMinute }, new Map(), () => clock.ms);
          const starts: number[] = [];
          for (const pause of pauses) {
            clock.ms += pause;
            const recent = starts.filter((start) => start > clock.ms - 60_000);
            const expected = recent.length < callsPerMinute ? 'entered' : 'ERR_CARAPACE_BUDGET_RATE';
            expect(gate.enter('t')).toBe(expected);
            if (expected === 'entered') starts.push(clock.ms);
          }
        },
      ),
    );
  });

  it('holds a million calls a minute', () => {
    const clock = { ms: 0 };
    const gate = createCallGate({ concurrency: 2_000_000, callsPerMinute: 1_000_000 }, new Map(), () => clock.ms);
    for (let call = 0; call < 1_000_000; call += 1) {
      clock.ms = call / 100;
      gate.enter('t');
    }
    expect(gate.enter('t')).toBe('ERR_CARAPACE_BUDGET_RATE');
    clock.ms = 60_000;
    expect([gate.enter('t'), gate.enter('t')]).toEqual(['entered', 'ERR_CARAPACE_BUDGET_RATE']);
  });
});
