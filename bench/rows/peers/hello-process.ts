import { HELLO_ANSWER, HELLO_INPUT } from '../../bench-skill.ts';
import { runChild } from '../../harness/child-process.ts';
import { type Measurement, Unavailable } from '../../harness/row.ts';

/** How a peer starts one process that greets: the input is its last argument, the answer JSON on its standard output. */
export interface HelloProcess {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** One process after the other, each from its spawn until it has ended. The first warms the file cache and does not count. */
export async function timeProcesses(hello: HelloProcess, count: number): Promise<Measurement> {
  await timeProcess(hello);
  const samples: number[] = [];
  while (samples.length < count) samples.push(await timeProcess(hello));
  return { samples };
}

async function timeProcess({ command, args, env = {} }: HelloProcess): Promise<number> {
  const startedAt = performance.now();
  const { stdout, stderr, code } = await runChild(command, [...args, JSON.stringify(HELLO_INPUT)], { env });
  const took = performance.now() - startedAt;
  if (code !== 0)
    throw new Unavailable(`it ended with ${code}: ${stderr.trim().split('\n').at(-1)?.slice(0, 120) ?? ''}`);
  const { greeting }: { greeting?: unknown } = JSON.parse(stdout);
  if (greeting !== HELLO_ANSWER) throw new Error(`Cannot count process: it answered "${String(greeting)}"`);
  return took;
}
