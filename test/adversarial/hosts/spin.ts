import { createRuntime } from '@carapace/runtime';
import { underVariant } from '../variant.ts';
import { skillRunning } from './host-skill.ts';

/**
 * A host whose skills spin for minutes: writes a line of JSON when they run, then goes on until somebody ends it. With the
 * argument `graceful` it closes its runtime on SIGINT, as a server would.
 */
const LIMITS = { wallMs: 300_000, cpuMs: 120_000 };

await using runtime = await createRuntime(underVariant({ spares: 1, maxWorkers: 3 }));
await using skill = await runtime.load(skillRunning('for (;;);', LIMITS));
if (process.argv[2] === 'graceful') process.once('SIGINT', () => void runtime.close());
const calls = [skill.call('run', {}), skill.call('run', {})];
while (runtime.stats().alive < 2 || runtime.stats().waiting > 0)
  await new Promise((resolve) => setTimeout(resolve, 10));
process.stdout.write(`${JSON.stringify({ running: runtime.stats().alive })}\n`);
const ended = await Promise.all(calls);
process.stdout.write(`${JSON.stringify({ codes: ended.map(({ code }) => code) })}\n`);
