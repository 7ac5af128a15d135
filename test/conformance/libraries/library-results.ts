import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One row of the table of libraries in docs/conformance.md. */
export interface LibraryResult {
  readonly name: string;
  readonly version: string;
  readonly works: boolean;
  readonly does: string;
  readonly note: string;
}

const RECORD = fileURLToPath(new URL('../libraries.json', import.meta.url));

/** With `CARAPACE_WRITE_CONFORMANCE=1` the results are recorded. Answers what is on record. */
export function settleLibraryResults(results: readonly LibraryResult[]): unknown {
  if (process.env['CARAPACE_WRITE_CONFORMANCE'] === '1') writeFileSync(RECORD, `${JSON.stringify(results, null, 2)}\n`);
  return JSON.parse(readFileSync(RECORD, 'utf8'));
}
