import { closeSync, openSync, writeSync } from 'node:fs';
import { createRuntime, toJsonLine } from '@carapace/runtime';
import { underVariant } from '../variant.ts';
import { skillReading } from './host-skill.ts';

/**
 * A busy host that somebody will kill: calls that spin, calls that read, short calls in a row, each record written to a file
 * as it happens. Arguments: the file of the audit trail, the directory behind the mount `docs`. Writes a line of JSON when
 * the first calls run.
 */
const [trail = '', docs = ''] = process.argv.slice(2);
const fd = openSync(trail, 'a');
const audit = {
  record: (event: Parameters<typeof toJsonLine>[0]): void => void writeSync(fd, `${toJsonLine(event)}\n`),
};

await using runtime = await createRuntime(underVariant({ spares: 1, maxWorkers: 3, audit }));
await using skill = await runtime.load(skillReading(), { permissions: 'declared', mounts: { docs } });

async function inARow(kind: string): Promise<void> {
  for (;;) await skill.call('run', { kind });
}

const rows = Promise.all(['spin', 'read', 'short'].map(inARow));
process.stdout.write(`${JSON.stringify({ running: 3 })}\n`);
await rows;
closeSync(fd);
