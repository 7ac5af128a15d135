import type { Area } from './corpus-numbers.ts';

/** A case that has no test here, or not for all of it, and why. */
export interface Gap {
  readonly number: number;
  readonly reason: string;
}

/** Cases of the threat model without any test. */
export const NOT_COVERED: Readonly<Record<Area, readonly Gap[]>> = {
  IS: [],
  RS: [],
  BD: [{ number: 101, reason: 'there is no fetch yet, so it takes no options; the case comes with the fetch broker' }],
  OS: [],
  IP: [],
};

/** Cases that have tests, of which a part is still to come. */
export const PARTLY_COVERED: Readonly<Record<Area, readonly Gap[]>> = {
  IS: [
    { number: 38, reason: 'fs only: fetch does not exist yet' },
    {
      number: 50,
      reason:
        'a Proxy whose getOwnPropertyDescriptor trap never returns is stopped by the budget, not by a clear entry error',
    },
  ],
  RS: [
    { number: 60, reason: 'the host call that never ends is a timer: fetch does not exist yet' },
    { number: 84, reason: 'timers and files stand for the requests: fetch does not exist yet' },
    {
      number: 87,
      reason: 'how long V8 collects before it gives up is its own affair, so the outcome is one of a closed list',
    },
  ],
  BD: [
    { number: 96, reason: 'sanitising only: secrets are not injected yet, so there is none to redact' },
    { number: 100, reason: 'paths, URLs and codecs: there is no fetch and so no body yet' },
  ],
  OS: [
    { number: 126, reason: 'workers only: the flags of the host process are the embedding application’s' },
    {
      number: 131,
      reason:
        'not a root host whose container forbids setresuid: there the worker keeps user id 0, without capabilities',
    },
  ],
  IP: [
    {
      number: 138,
      reason:
        'a key that stands twice is not refused as such: the host has one parser, and judges the value that it read',
    },
    { number: 148, reason: 'a stopped process, not one in an uninterruptible state, which no test can bring about' },
    { number: 149, reason: 'the trail is whole, each record numbered: it is not chained by hashes yet' },
    {
      number: 155,
      reason:
        'a sink that never returns is the host itself standing still: it is called synchronously, and nothing can bound it',
    },
  ],
};
