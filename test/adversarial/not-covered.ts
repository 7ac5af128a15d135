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
  BD: [],
  OS: [],
  IP: [],
  FS: [{ number: 195, reason: 'no skill is given a scratch directory; the directory is tested beside its code' }],
  NU: [],
  NP: [],
  SE: [],
};

/** Cases that have tests, of which a part is still to come. */
export const PARTLY_COVERED: Readonly<Record<Area, readonly Gap[]>> = {
  IS: [
    {
      number: 50,
      reason:
        'a Proxy whose getOwnPropertyDescriptor trap never returns is stopped by the budget, not by a clear entry error',
    },
  ],
  RS: [
    {
      number: 87,
      reason: 'how long V8 collects before it gives up is its own affair, so the outcome is one of a closed list',
    },
  ],
  BD: [],
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
  FS: [
    {
      number: 172,
      reason:
        'links and second names that come and go; not a process that takes a second name away in the moment between open and look: whoever may link a file may read and write it himself (fs.protected_hardlinks)',
    },
    {
      number: 182,
      reason: 'where the process may mount a file system of a mebibyte; elsewhere beside the code alone',
    },
    { number: 193, reason: 'names only: the broker itself runs on Linux here' },
  ],
  NU: [
    {
      number: 208,
      reason: 'the resolver gives the end of a chain of names, so the chain itself is judged by its addresses alone',
    },
  ],
  NP: [],
  SE: [
    {
      number: 276,
      reason:
        'not over two openings of one file: half of a value appended today and the other half tomorrow are two texts',
    },
    {
      number: 279,
      reason:
        'the label of a wildcard may say a few dozen characters, and that is what a wildcard grants; an exact host says none',
    },
    {
      number: 280,
      reason: 'how long an answer takes and how large it is, is the other side’s to choose: a documented residual',
    },
  ],
};
