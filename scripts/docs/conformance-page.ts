import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LibraryResult } from '../../test/conformance/libraries/library-results.ts';
import { type PartResult, type Results, readResults } from '../../test/conformance/results.ts';
import type { StandardSection } from '../../test/conformance/standards/section.ts';
import { SECTIONS } from '../../test/conformance/standards/sections.ts';
import { URL_PATTERN_SUITE } from '../../test/conformance/wpt/url-pattern-suite.ts';
import { URL_SUITES } from '../../test/conformance/wpt/url-suites.ts';
import type { WptSuite } from '../../test/conformance/wpt/wpt-suite.ts';
import { code, generatedFrom, markdownTable } from './markdown-table.ts';

/** What was found by the tests under test/conformance, as they recorded it. */
export interface ConformanceRecord {
  readonly suites: readonly WptSuite[];
  readonly suiteResults: Results;
  readonly sections: readonly StandardSection[];
  readonly sectionResults: Results;
  readonly libraries: readonly LibraryResult[];
}

/** Everything on record in this repository. */
export function readConformanceRecord(): ConformanceRecord {
  return {
    suites: [...URL_SUITES, URL_PATTERN_SUITE],
    suiteResults: readResults(recordPath('wpt/results.json')),
    sections: SECTIONS,
    sectionResults: readResults(recordPath('standards/results.json')),
    libraries: readLibraries(recordPath('libraries.json')),
  };
}

/** The page about a record. The same record gives the same page. */
export function conformancePage(record: ConformanceRecord): string {
  return `${generatedFrom('the records of test/conformance')}

# Conformance

What the [guest platform](guest-platform.md) does of the standards it follows. Every case runs inside an isolate of the real jailed
worker. A record that does not say what the tests find fails the tests; \`CARAPACE_WRITE_CONFORMANCE=1 npx vitest run test/conformance\`
writes it anew, and \`npm run generate\` this page from it.

## Public data

The data of web-platform-tests (BSD-3-Clause) is not part of this repository. \`CARAPACE_WPT_DIR\` names the folder it is in; without it
these cases are skipped.

${markdownTable(['data', 'tried', 'passed', 'failed'], suiteRows(record))}

## Standards

Cases of this project's own, one table for each part of a standard, in
[test/conformance/standards](../test/conformance/standards/). "Not supported" counts the rows [below](#not-supported).

${markdownTable(['part', 'passed', 'failed', 'not supported'], sectionRows(record))}

## What fails

${markdownTable(['part', 'case', 'why'], failureRows(record))}

## Not supported

${markdownTable(['part', 'what', 'why, or what to use'], notSupportedRows(record))}
${librariesChapter(record)}`;
}

function suiteRows({ suites, suiteResults }: ConformanceRecord): readonly (readonly string[])[] {
  return suites.map(({ title, tries }) => {
    const [passed, failed] = countsOf(suiteResults[title]);
    return [title, tries, passed, failed];
  });
}

function sectionRows({ sections, sectionResults }: ConformanceRecord): readonly (readonly string[])[] {
  return sections.map(({ title, notSupported = {} }) => {
    const [passed, failed] = countsOf(sectionResults[title]);
    return [title, passed, failed, String(Object.keys(notSupported).length)];
  });
}

function failureRows({ sections, sectionResults }: ConformanceRecord): readonly (readonly string[])[] {
  return sections.flatMap(({ title }) =>
    Object.entries(sectionResults[title]?.failed ?? {}).map(([name, why]) => [title, name, why]),
  );
}

function notSupportedRows({ sections }: ConformanceRecord): readonly (readonly string[])[] {
  return sections.flatMap(({ title, notSupported = {} }) =>
    Object.entries(notSupported).map(([what, why]) => [title, what, why]),
  );
}

function librariesChapter({ libraries }: ConformanceRecord): string {
  if (libraries.length === 0) return '';
  const rows = libraries.map(({ name, version, works, does, note }) => {
    return [code(name), version, works ? 'works' : 'fails', does, note];
  });
  return `
## Libraries

Ordinary libraries, bundled as an author would bundle them, doing something with a result that is checked.

${markdownTable(['library', 'version', 'in a skill', 'what it does there', 'note'], rows)}
`;
}

function countsOf(result: PartResult | undefined): readonly [passed: string, failed: string] {
  if (result === undefined) return ['not on record', ''];
  return [String(result.passed), String(Object.keys(result.failed).length)];
}

function readLibraries(path: string): readonly LibraryResult[] {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function recordPath(name: string): string {
  return fileURLToPath(new URL(`../../test/conformance/${name}`, import.meta.url));
}
