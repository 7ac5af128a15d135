import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIMIT_NAMES } from '@carapace/manifest';
import { describe, expect, it } from 'vitest';
import { anchorsIn, ROOT, readDocument, tableRows } from './markdown.ts';

/** Thrown and caught within the worker; no author, operator or model ever meets it. */
const INTERNAL = ['ERR_CARAPACE_WORKER_ISOLATE_LOST'];

function codesInSource(): readonly string[] {
  const sources = globSync('packages/*/src/**/*.ts', { cwd: ROOT }).filter((file) => !file.endsWith('.test.ts'));
  const codes = sources.flatMap(
    (file) => readFileSync(join(ROOT, file), 'utf8').match(/(?<=')ERR_CARAPACE_\w+(?=')/g) ?? [],
  );
  return [...new Set(codes)].filter((code) => !INTERNAL.includes(code)).toSorted();
}

describe('pages that are tables of the code', () => {
  it('are up to date', () => {
    const checked = spawnSync(
      process.execPath,
      ['--conditions=carapace-source', join(ROOT, 'scripts/generate-docs.ts'), '--check'],
      { encoding: 'utf8', cwd: ROOT },
    );
    expect(checked.stderr).toBe('');
    expect(checked.status).toBe(0);
  });

  it('have one anchor for each error code in the source, and none for another', () => {
    const anchors = [...anchorsIn(readDocument('docs/errors.md'))].filter((anchor) => anchor.startsWith('err_'));
    expect(anchors.map((anchor) => anchor.toUpperCase()).toSorted()).toEqual(codesInSource());
  });

  it('have one row for each limit', () => {
    const rows = tableRows(readDocument('docs/limits.md'), 'limit').map(([name]) => name);
    expect(rows).toEqual(LIMIT_NAMES.map((name) => `\`${name}\``));
  });
});
