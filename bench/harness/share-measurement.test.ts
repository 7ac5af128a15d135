import { describe, expect, it } from 'vitest';
import { Unavailable } from './row.ts';
import { shareMeasurement } from './share-measurement.ts';

describe('shareMeasurement', () => {
  it('measures once for all of its rows', async () => {
    let taken = 0;
    const of = shareMeasurement<'one' | 'other'>((samples) => {
      taken += 1;
      return Promise.resolve({ one: { samples: [samples] }, other: { samples: [samples * 2], note: 'seen' } });
    });
    expect(await of('one')(3)).toEqual({ samples: [3] });
    expect(await of('other')(9)).toEqual({ samples: [6], note: 'seen' });
    expect(taken).toBe(1);
  });

  it('has every row fail alike when the measurement fails', async () => {
    const of = shareMeasurement<'one'>(() => Promise.reject(new Unavailable('absent')));
    await expect(of('one')(1)).rejects.toThrow(Unavailable);
    await expect(of('one')(1)).rejects.toThrow(Unavailable);
  });

  it('leaves out what was not seen', async () => {
    const of = shareMeasurement<'one'>(() => Promise.resolve({ one: { samples: [], note: 'never seen' } }));
    await expect(of('one')(1)).rejects.toThrow(new Unavailable('never seen'));
  });
});
