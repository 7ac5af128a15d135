import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';

/** Writes generated files, or with `--check` reports those that are missing or differ and fails. */
export function settleGenerated(files: ReadonlyMap<string, string>): void {
  const check = process.argv.includes('--check');
  const stale = [...files].filter(([path, text]) => readText(path) !== text).map(([path]) => path);
  if (check) {
    for (const path of stale) process.stderr.write(`Cannot accept "${path}": differs from what its source generates\n`);
    process.exitCode = stale.length === 0 ? 0 : 1;
    return;
  }
  for (const path of stale) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, files.get(path) ?? '');
    process.stdout.write(`wrote ${path}\n`);
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
