import { describe, expect, it } from 'vitest';
import { DEFAULT_NET_LIMITS } from '../net-limits.ts';
import { NetFailure } from '../net-refusal.ts';
import { WireResponse } from './wire-response.ts';

/** undici's side of one response. */
function wired(bufferBytes = 4_096) {
  const log: string[] = [];
  const controller = {
    aborted: false,
    paused: false,
    reason: null,
    rawHeaders: [Buffer.from('X-A'), Buffer.from('\xe9', 'latin1')],
    abort: () => void log.push('abort'),
    pause: () => void log.push('pause'),
    resume: () => void log.push('resume'),
  };
  const failures: string[] = [];
  const limits = { ...DEFAULT_NET_LIMITS, bufferBytes, pieceBytes: 10 };
  const wire = new WireResponse(limits, ({ effectRefusal }) => failures.push(effectRefusal.rule));
  return { wire, controller, log, failures };
}

const refusal = (rule: string) => expect.objectContaining({ effectRefusal: expect.objectContaining({ rule }) });

describe('WireResponse', () => {
  it('gives the head with names in lower case, and joins what is here into pieces', async () => {
    const { wire, controller } = wired();
    wire.onRequestStart(controller);
    wire.onResponseStart(controller, 200, {}, 'OK');
    expect(await wire.head).toEqual({ status: 200, statusText: 'OK', headers: [['x-a', '\xe9']] });
    for (const text of ['abc', 'def', 'ghijk']) wire.onResponseData(controller, Buffer.from(text));
    wire.onResponseEnd();
    expect(wire.received).toBe(11);
    expect(Buffer.from((await wire.pull()) ?? []).toString()).toBe('abcdef');
    expect(Buffer.from((await wire.pull()) ?? []).toString()).toBe('ghijk');
    expect(await wire.pull()).toBeUndefined();
  });

  it('stops the socket at its bound, of many small pieces earlier, and lets it go on with a pull', async () => {
    const { wire, controller, log } = wired();
    wire.onRequestStart(controller);
    wire.onResponseStart(controller, 200, {});
    for (let count = 0; count < 7; count += 1) wire.onResponseData(controller, Buffer.from('x'));
    expect(log).toEqual([]);
    expect(wire.awaitsPeer).toBe(true);
    wire.onResponseData(controller, Buffer.from('x'));
    expect(log).toEqual(['pause']);
    expect(wire.awaitsPeer).toBe(false);
    await wire.pull();
    expect(log).toEqual(['pause', 'resume']);
  });

  it('wakes everybody who waits', async () => {
    const { wire, controller } = wired();
    wire.onRequestStart(controller);
    wire.onResponseStart(controller, 200, {});
    const piece = wire.pull();
    const settled = wire.whenSettled(new AbortController().signal);
    wire.onResponseData(controller, Buffer.from('x'));
    wire.onResponseEnd();
    await settled;
    expect(await piece).toHaveLength(1);
  });

  it('stops waiting with the signal', async () => {
    const { wire, controller } = wired();
    wire.onRequestStart(controller);
    wire.onResponseStart(controller, 200, {});
    const abort = new AbortController();
    const settled = wire.whenSettled(abort.signal);
    abort.abort();
    await settled;
    expect(wire.isComplete).toBe(false);
  });

  it('tells a failure to the head, to whoever pulls and to its owner, once', async () => {
    const { wire, controller, log, failures } = wired();
    wire.onRequestStart(controller);
    const piece = wire.pull();
    wire.abort(NetFailure.of('rate-floor'));
    wire.abort(NetFailure.of('aborted'));
    wire.onResponseError(controller, new Error('later'));
    await expect(piece).rejects.toThrow(refusal('rate-floor'));
    await expect(wire.head).rejects.toThrow(refusal('rate-floor'));
    await expect(wire.pull()).rejects.toThrow(refusal('rate-floor'));
    expect(failures).toEqual(['rate-floor']);
    expect(log).toEqual(['abort']);
  });

  it('ends a request that is aborted before its connection is there', () => {
    const { wire, controller, log } = wired();
    wire.abort(NetFailure.of('aborted'));
    expect(log).toEqual([]);
    wire.onRequestStart(controller);
    expect(log).toEqual(['abort']);
  });

  it('NP-238 takes a switch of protocols for an attack', async () => {
    const { wire, controller, log } = wired();
    wire.onRequestStart(controller);
    wire.onRequestUpgrade(controller);
    await expect(wire.head).rejects.toThrow(refusal('upgrade-unasked'));
    expect(log).toContain('abort');
  });

  it('lets a body go that nobody wants, without calling that a failure', async () => {
    const { wire, controller, log, failures } = wired();
    wire.onRequestStart(controller);
    wire.onResponseStart(controller, 200, {});
    wire.onResponseData(controller, Buffer.from('x'));
    wire.dismiss();
    wire.dismiss();
    expect(log).toEqual(['abort']);
    expect(failures).toEqual([]);
    expect(await wire.pull()).toBeUndefined();
  });
});
