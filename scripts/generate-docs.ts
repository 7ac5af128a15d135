/**
 * Writes the pages of docs/ that are tables of the code. With `--check` it writes nothing and fails when a page is out of date.
 *
 *     node --conditions=carapace-source scripts/generate-docs.ts [--check]
 */
import { fileURLToPath } from 'node:url';
import { settleGenerated } from '../packages/manifest/scripts/generated-file.ts';
import { conformancePage, readConformanceRecord } from './docs/conformance-page.ts';
import { errorsPage } from './docs/errors-page.ts';
import { guestPlatformPage } from './docs/guest-platform-page.ts';
import { limitsPage } from './docs/limits-page.ts';
import { performancePageFrom } from './docs/performance-page.ts';

function page(name: string): string {
  return fileURLToPath(new URL(`../docs/${name}`, import.meta.url));
}

const performance = performancePageFrom(fileURLToPath(new URL('../bench/results.json', import.meta.url)));

settleGenerated(
  new Map([
    [page('errors.md'), errorsPage()],
    [page('limits.md'), limitsPage()],
    [page('guest-platform.md'), guestPlatformPage()],
    [page('conformance.md'), conformancePage(readConformanceRecord())],
    ...(performance === undefined ? [] : [[page('performance.md'), performance] as const]),
  ]),
);
