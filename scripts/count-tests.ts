/** Prints `<passed> <failed>` summed over the JSON reports of vitest that it is given; a report that is missing counts as one failure. */
import { readFile } from 'node:fs/promises';

interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  /** False also when a file could not be loaded, of whose tests none is counted. */
  readonly success: boolean;
}

async function count(path: string): Promise<readonly [passed: number, failed: number]> {
  try {
    const { numPassedTests, numFailedTests, success }: TestReport = JSON.parse(await readFile(path, 'utf8'));
    return [numPassedTests, success ? numFailedTests : Math.max(1, numFailedTests)];
  } catch {
    return [0, 1];
  }
}

const counts = await Promise.all(process.argv.slice(2).map(count));
const passed = counts.reduce((sum, [value]) => sum + value, 0);
const failed = counts.reduce((sum, [, value]) => sum + value, 0);
process.stdout.write(`${passed} ${failed}\n`);
