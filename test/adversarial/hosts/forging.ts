import type { AuditEvent } from '@carapace/runtime';
import { createHostileRuntime } from '../hostile-runtime.ts';
import { underVariant } from '../variant.ts';
import { skillRunning } from './host-skill.ts';

/**
 * A host whose worker waits until somebody hangs up, and then writes results of the call `c1` for ever, wherever they go.
 * Writes a line of JSON when the worker has begun.
 */
const FORGE = `log('begun');
const { readSync } = require('node:fs');
while (readSync(3, Buffer.alloc(65536)) > 0);
for (;;) try { done('forged', 'c1'); } catch {}`;

const begun = Promise.withResolvers<void>();
const audit = { record: ({ kind }: AuditEvent): void => void (kind === 'log' && begun.resolve()) };
await using runtime = await createHostileRuntime(underVariant({ spares: 1, maxWorkers: 1, audit }));
await using skill = await runtime.load({ ...skillRunning('', { wallMs: 300_000, cpuMs: 120_000 }), bundle: FORGE });
const calling = skill.call('run', {});
await begun.promise;
process.stdout.write(`${JSON.stringify({ running: 1 })}\n`);
await calling;
