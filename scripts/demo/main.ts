import { parseArgs } from 'node:util';
import { isCarapaceError } from '@carapace/manifest';
import type { DemoStep } from './demo-step.ts';
import { demoSteps } from './demo-steps.ts';
import { createHumanReport } from './human-report.ts';

const HELP = `Usage: npm run --silent demo [-- --json] [-- --live]

Runs four real skills in the jail (files, network, a secret, writing), then hostile ones, and shows what stopped each attack.
Services on the loopback interface stand in for those on the internet.

  --json   one JSON document on standard output instead of text
  --live   ask the real weather service, which needs the internet
  --help   this text

Exit codes: 0 every attack stopped, 1 an attack was not stopped or the demo failed, 2 wrong usage, 130 interrupted
`;

/** Ctrl-C aborts the running call; leaving the generator closes the runtime, which kills and reaps every worker. */
function interruptible(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  process.once('SIGTERM', () => controller.abort());
  return controller.signal;
}

async function run({ json, live }: Flags): Promise<number> {
  const signal = interruptible();
  const steps: DemoStep[] = [];
  const human = createHumanReport((text) => process.stdout.write(text), process.stdout);
  for await (const step of demoSteps({ signal, live })) {
    // A step that was cut short proves nothing, so it is not shown.
    if (signal.aborted) break;
    if (json) steps.push(step);
    else human.step(step);
  }
  if (signal.aborted) {
    process.stderr.write('\nInterrupted: every worker was killed, nothing is left behind\n');
    return 130;
  }
  if (!json) return human.end().allGood ? 0 : 1;
  const allStopped = steps.every((step) => step.kind !== 'attacked' || step.stopped);
  const allKept = steps.every((step) => step.kind !== 'observed' || step.holds);
  process.stdout.write(`${JSON.stringify({ allStopped, allKept, steps }, null, 2)}\n`);
  return allStopped && allKept ? 0 : 1;
}

interface Flags {
  readonly json: boolean;
  readonly live: boolean;
  readonly help: boolean;
}

function readFlags(): Flags | undefined {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        live: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return undefined;
  }
}

const flags = readFlags();
if (flags === undefined) process.exitCode = 2;
else if (flags.help) process.stdout.write(HELP);
else {
  try {
    process.exitCode = await run(flags);
  } catch (error) {
    if (!isCarapaceError(error)) throw error;
    process.stderr.write(`${error.message}\n  ${error.code}\n`);
    process.exitCode = error.exitCode;
  }
}
