/**
 * `npm run soak`: ten minutes of honest and hostile calls under every isolation, workers that are killed, callers that give up,
 * crowds. `--seconds`, `--seed` and `--json <file>` change how long, in which order, and where the summary goes as well. Ctrl-C
 * ends it early. The exit code is 0 when every invariant held.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { soak } from './soak.ts';
import { printSummary } from './summary.ts';

const USAGE = `npm run soak -- [--seconds 600] [--seed N] [--json FILE]

  --seconds   how long, in seconds
  --seed      a whole number; the same one gives the same order
  --json      where the summary goes as data as well

Exit codes: 0 every invariant held, 1 one did not, 2 wrong usage
`;
const WRONG_USAGE = 2;

function readOptions(): { readonly seconds: number; readonly seed: number; readonly json: string | undefined } {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '600' },
      seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    process.exit(0);
  }
  const seconds = Number(values.seconds);
  const seed = Number(values.seed);
  if (!(seconds > 0)) throw new RangeError(`Cannot soak for "${values.seconds}" seconds: not a number above 0`);
  if (!Number.isInteger(seed)) throw new RangeError(`Cannot use seed "${values.seed}": not a whole number`);
  return { seconds, seed, json: values.json };
}

function readOptionsOrExit(): ReturnType<typeof readOptions> {
  try {
    return readOptions();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(WRONG_USAGE);
  }
}

const { seconds, seed, json } = readOptionsOrExit();
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
process.stdout.write(`soak for ${seconds} s, seed ${seed}\n`);
const summary = await soak({ seconds, seed, signal: interrupted.signal });
process.stdout.write(printSummary(summary));
if (json !== undefined) writeFileSync(json, `${JSON.stringify(summary, undefined, 2)}\n`);
process.exitCode = summary.faults.length === 0 ? 0 : 1;
