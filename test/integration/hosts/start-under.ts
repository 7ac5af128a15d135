import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RuntimeOptions } from '@carapace/runtime';
import type { FilterRule } from '../../adversarial/host-program.ts';

/** The root of the repository. */
export const REPOSITORY: string = join(import.meta.dirname, '..', '..', '..');
const PROGRAM = join(import.meta.dirname, 'start-runtime.ts');
const UNDER_FILTER = join(REPOSITORY, 'test', 'adversarial', 'hosts', 'under-filter.js');
const NODE_FLAGS = ['--conditions=carapace-source'];

/** Where a host program is started. */
export interface Surroundings {
  /** A command line that ends where the program's begins. */
  readonly wrapper?: readonly string[];
  /** Where the repository is to be found behind the wrapper. */
  readonly repository?: string;
  /** System calls that are answered by a filter of the test's own. */
  readonly rules?: readonly FilterRule[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `start-runtime.ts` in a process of its own and answers what it wrote. */
export async function startUnder(
  { wrapper = [], repository = REPOSITORY, rules = [], env = {} }: Surroundings,
  options: Pick<RuntimeOptions, 'namespaces' | 'minimumProtection'> = {},
): Promise<unknown> {
  const filter = rules.length === 0 ? [] : [UNDER_FILTER, JSON.stringify({ rules }), ...NODE_FLAGS];
  const own = [process.execPath, ...NODE_FLAGS, ...filter, PROGRAM].map((word) =>
    word.startsWith(`${REPOSITORY}/`) ? repository + word.slice(REPOSITORY.length) : word,
  );
  const [file, ...args] = [...wrapper, ...own, JSON.stringify(options)];
  const { stdout } = await promisify(execFile)(file, args, { env, timeout: 60_000 });
  return JSON.parse(stdout);
}
