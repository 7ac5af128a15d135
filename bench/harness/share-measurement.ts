import { type Measurement, Unavailable } from './row.ts';

/** What one look at the machine tells, by name. */
export type Shared<Key extends string> = Readonly<Record<Key, Measurement>>;

/**
 * Several rows out of one measurement, for what is seen together or is too slow to do twice. It is taken when the first of
 * its rows is measured, with the number of samples of that row.
 */
export function shareMeasurement<Key extends string>(
  take: (samples: number) => Promise<Shared<Key>>,
): (key: Key) => (samples: number) => Promise<Measurement> {
  let shared: Promise<Shared<Key>> | undefined;
  return (key) => async (samples) => {
    shared ??= take(samples);
    const measurement = (await shared)[key];
    if (measurement.samples.length === 0) throw new Unavailable(measurement.note ?? 'nothing was measured');
    return measurement;
  };
}
