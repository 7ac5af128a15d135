import { fileURLToPath } from 'node:url';
import { runChild } from './child-process.ts';

export interface BenchProgram {
  /** File name in programs/. */
  readonly program: string;
  readonly flags?: readonly string[];
  /** Handed to the program as one JSON argument. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Killed after this many ms. Default 120,000. */
  readonly timeoutMs?: number;
}

/**
 * Runs a program that measures by itself and prints JSON: what must not share a process with the other rows, because one would
 * slow the other or count what it holds.
 *
 * @throws Error when the program fails
 */
export async function runProgram<Answer>({ program, flags = [], options, timeoutMs }: BenchProgram): Promise<Answer> {
  const path = fileURLToPath(new URL(`../programs/${program}`, import.meta.url));
  const { code, stdout, stderr } = await runChild(process.execPath, [...flags, path, JSON.stringify(options)], {
    env: { PATH: process.env['PATH'] },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  if (code !== 0) throw new Error(`Cannot measure with "${program}": it ended with ${code}, ${stderr.slice(-300)}`);
  const answer: Answer = JSON.parse(stdout);
  return answer;
}
