import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { HELLO_ANSWER, HELLO_INPUT } from '../bench-skill.ts';
import type { BenchRow } from '../harness/row.ts';

const PROGRAM = fileURLToPath(new URL('../programs/hello.mjs', import.meta.url));

export const nodeChild: BenchRow = {
  id: 'node-child',
  title: 'the same work in a Node process started for it, with no wall at all',
  unit: 'ms',
  better: 'lower',
  samples: { full: 100, quick: 15 },
  measure: (count) => timeChildren([], count),
};

/** What Node offers for untrusted code, although its documentation says that it is no such wall. */
export const nodePermissionChild: BenchRow = {
  id: 'node-permission-child',
  title: 'the same work in a `node --permission` process started for it, which may read its own script only',
  unit: 'ms',
  better: 'lower',
  samples: { full: 100, quick: 15 },
  measure: (count) => timeChildren(['--permission', `--allow-fs-read=${dirname(PROGRAM)}`], count),
};

async function timeChildren(flags: readonly string[], count: number): Promise<{ readonly samples: readonly number[] }> {
  const samples: number[] = [];
  while (samples.length < count) {
    const startedAt = performance.now();
    const answer = await runHello(flags);
    samples.push(performance.now() - startedAt);
    if (answer !== HELLO_ANSWER) throw new Error(`Cannot count child: it answered "${String(answer)}"`);
  }
  return { samples };
}

async function runHello(flags: readonly string[]): Promise<unknown> {
  const child = spawn(process.execPath, [...flags, PROGRAM, JSON.stringify(HELLO_INPUT)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {},
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const { greeting }: { greeting?: unknown } = JSON.parse(output);
  return greeting;
}
