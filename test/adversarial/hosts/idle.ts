import { createRuntime } from '@carapace/runtime';
import { underVariant } from '../variant.ts';

/** A host with an idle spare and nothing to do. Writes a line of JSON when the spare is booted, then stays. */
await using runtime = await createRuntime(underVariant({ spares: 1, maxWorkers: 1 }));
process.stdout.write(`${JSON.stringify({ running: runtime.stats().alive })}\n`);
await new Promise((resolve) => setTimeout(resolve, 60_000));
