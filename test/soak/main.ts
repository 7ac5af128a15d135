/**
 * `npm run soak`: ten minutes of honest and hostile calls under every isolation, workers that are killed, callers that give up,
 * crowds. `--seconds`, `--seed` and `--json <file>` change how long, in which order, and where the summary goes as well. Ctrl-C
 * ends it early. The exit code is 0 when every invariant held.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { soak } from './soak.ts';
import { printSummary } from './summary.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    json: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const seed = Number(values.seed);
if (!(seconds > 0 && Number.isInteger(seed))) throw new RangeError('Cannot soak: --seconds and --seed must be numbers');

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
process.stdout.write(`soak for ${seconds} s, seed ${seed}\n`);
const summary = await soak({ seconds, seed, signal: interrupted.signal });
process.stdout.write(printSummary(summary));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(summary, undefined, 2)}\n`);
process.exitCode = summary.faults.length === 0 ? 0 : 1;
