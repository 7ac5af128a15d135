import { openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createRuntime } from '@carapace/runtime';
import { underVariant } from '../variant.ts';

/**
 * A host with a descriptor that is not marked close-on-exec, as native add-ons and databases open them: each child inherits
 * it. Argument: the file. Writes a line of JSON when its spare is booted, then stays.
 */
interface Koffi {
  load(path: null): { func(signature: string): (...args: readonly number[]) => number };
}

const F_SETFD = 2;

function isKoffi(value: unknown): value is Koffi {
  return typeof value === 'object' && value !== null && 'load' in value;
}

const koffi: unknown = createRequire(import.meta.resolve('@carapace/runtime/package.json'))('koffi');
if (!isKoffi(koffi)) throw new TypeError('koffi has no load()');
const fd = openSync(process.argv[2] ?? '', 'r');
koffi.load(null).func('int fcntl(int fd, int command, int flags)')(fd, F_SETFD, 0);

await using runtime = await createRuntime(underVariant({ spares: 1, maxWorkers: 1 }));
process.stdout.write(`${JSON.stringify({ fd, alive: runtime.stats().alive })}\n`);
await new Promise((resolve) => setTimeout(resolve, 60_000));
