import { describe, expect, it } from 'vitest';
import type { DecideOutbound } from '../network-options.ts';
import { compileNetworkOptions } from '../network-policy.ts';
import { askDecider } from './ask-decider.ts';

const REQUEST = {
  skill: 'weather',
  tool: 'current',
  method: 'GET',
  url: 'https://api.example.com/',
  headerNames: ['accept'],
  hop: 0,
  bodyBytes: 0,
};
const refusal = (rule: string) => expect.objectContaining({ effectRefusal: expect.objectContaining({ rule }) });
const ask = (onRequest: DecideOutbound | undefined, signal = new AbortController().signal): Promise<void> =>
  askDecider(compileNetworkOptions({ ...(onRequest ? { onRequest } : {}), onRequestTimeoutMs: 30 }), REQUEST, signal);

describe('askDecider', () => {
  it('lets pass without a decider, and with its word', async () => {
    await ask(undefined);
    await ask(async (request) => {
      expect(request).toEqual(REQUEST);
      return await Promise.resolve('allow');
    });
  });

  it('denies with its reason', async () => {
    await expect(ask(() => Promise.resolve({ deny: 'not today' }))).rejects.toThrow(refusal('decider-denied'));
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['rejects', () => Promise.reject(new Error('broken'))],
    ['says nothing', () => Promise.resolve(undefined)],
    ['says yes', () => Promise.resolve('yes')],
    ['says true', () => Promise.resolve(true)],
    ['says ended', () => Promise.resolve({ deny: 3 })],
  ])('denies when it %s', async (_what, decide) => {
    // @ts-expect-error -- what a decider written in JavaScript may do
    await expect(ask(decide)).rejects.toThrow(refusal('decider-failed'));
  });

  it('denies when it is late, and tells it so', async () => {
    let told: AbortSignal | undefined;
    const never: DecideOutbound = (_request, signal) => {
      told = signal;
      return new Promise(() => undefined);
    };
    await expect(ask(never)).rejects.toThrow(refusal('decider-late'));
    expect(told?.aborted).toBe(true);
  });

  it('does not outlive the request', async () => {
    const abort = new AbortController();
    const answer = ask(() => new Promise(() => undefined), abort.signal);
    abort.abort();
    await expect(answer).rejects.toThrow(refusal('aborted'));
  });
});
