import { readFileSync, writeFileSync } from 'node:fs';

/** What came out of the cases of one part of a standard. Failures by name, with what was seen or why. */
export interface PartResult {
  readonly passed: number;
  readonly failed: Readonly<Record<string, string>>;
}
export type Results = Readonly<Record<string, PartResult>>;

/** With `CARAPACE_WRITE_CONFORMANCE=1` results are recorded, otherwise compared with the record. */
const RECORDING: boolean = process.env['CARAPACE_WRITE_CONFORMANCE'] === '1';

/** The results that are recorded in a file; none when there is none. */
export function readResults(path: string): Results {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
}

/** Records results when asked to; answers what is on record. */
export function settleResults(path: string, results: Results): Results {
  if (RECORDING) writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
  return readResults(path);
}
