import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JailedProgramOptions, type JailedRun, namespacesMissing, runJailed } from '@carapace/runtime/testing';
import { VARIANT } from './variant.ts';

/**
 * Programs run without namespaces, which would hide by ENOENT what Landlock refuses, unless this run of the suite asks for
 * them and the machine has them.
 */
export const IN_NAMESPACES: boolean = VARIANT.asksForNamespaces && (await namespacesMissing()) === undefined;

const PROGRAMS = join(import.meta.dirname, 'programs');

interface ProgramOptions extends JailedProgramOptions {
  /** With the second filter too, as the worker is by the time a skill runs in it. Default no. */
  readonly sealed?: boolean;
}

/**
 * Runs `programs/<program>.js` in the place of the worker, in the jail that skills get. `input` reaches it as
 * `jail.input`, next to what the prelude sets up.
 */
export async function runProgram(
  program: string,
  input: unknown = null,
  { sealed = false, ...options }: ProgramOptions = {},
): Promise<JailedRun> {
  const folder = mkdtempSync(join(tmpdir(), 'carapace-program-'));
  try {
    const bundle = join(folder, `${program}.js`);
    const text = [
      `{\n${read('prelude')}\n}`,
      `globalThis.jail.input = ${JSON.stringify(input)};`,
      sealed ? 'globalThis.jail.seal();' : '',
      `{\n${read(program)}\n}`,
    ];
    writeFileSync(bundle, text.join('\n'));
    return await runJailed(bundle, { namespaces: IN_NAMESPACES, ...options });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function read(program: string): string {
  return readFileSync(join(PROGRAMS, `${program}.js`), 'utf8');
}

/** One answer of the program `system-calls`, by the name of its row. */
export interface SystemCallAnswer {
  readonly name: string;
  readonly value: number;
  readonly errno: number;
}

export function answersOf(run: JailedRun): ReadonlyMap<string, SystemCallAnswer> {
  return new Map(run.frames.filter(isAnswer).map((answer) => [answer.name, answer]));
}

function isAnswer(frame: unknown): frame is SystemCallAnswer {
  return typeof frame === 'object' && frame !== null && 'name' in frame && 'errno' in frame && 'value' in frame;
}

/** What the program `node-modules` reported: the outcome by the name of the attempt. */
export function outcomesOf(run: JailedRun): Readonly<Record<string, unknown>> {
  return Object.fromEntries(run.frames.filter(isOutcome).map(({ name, outcome }) => [name, outcome]));
}

function isOutcome(frame: unknown): frame is { readonly name: string; readonly outcome: unknown } {
  return (
    typeof frame === 'object' &&
    frame !== null &&
    'name' in frame &&
    typeof frame.name === 'string' &&
    'outcome' in frame
  );
}

/** Processes that this machine boots at once without one waiting for the other. */
const LANES = 3;

/** Runs `work` for each item, a few at a time, and answers in the order of the items. */
export async function inLanes<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const queue = [...items.entries()];
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) results.set(next[0], await work(next[1]));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return [...results].toSorted(([one], [other]) => one - other).map(([, result]) => result);
}
