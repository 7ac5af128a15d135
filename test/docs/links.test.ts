import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsIn, linksIn, markdownFiles, ROOT, readDocument } from './markdown.ts';

const files = markdownFiles();

/** Why a link leads nowhere; undefined when it leads somewhere. Addresses of other sites are not asked. */
function problemOf(file: string, target: string): string | undefined {
  if (/^https?:/.test(target)) return undefined;
  const [path = '', anchor] = target.split('#');
  const found = path === '' ? file : join(dirname(file), path);
  if (found.startsWith('..')) return `${target}: outside the repository`;
  if (!existsSync(join(ROOT, found))) return `${target}: no such file`;
  if (anchor === undefined) return undefined;
  if (statSync(join(ROOT, found)).isDirectory()) return `${target}: a folder has no anchors`;
  return anchorsIn(readDocument(found)).has(anchor) ? undefined : `${target}: no such anchor`;
}

describe('links', () => {
  it.each(files)('of %s lead somewhere', (file) => {
    const problems = linksIn(readDocument(file)).flatMap((target) => problemOf(file, target) ?? []);
    expect(problems).toEqual([]);
  });

  it('are recognised when they lead nowhere', () => {
    expect(problemOf('README.md', 'docs/nowhere.md')).toContain('no such file');
    expect(problemOf('README.md', 'docs/errors.md#nothing')).toContain('no such anchor');
    expect(problemOf('README.md', '../elsewhere.md')).toContain('outside');
    expect(linksIn('a [link](x.md), `[no](y.md)` and\n```\n[no](z.md)\n```\n')).toEqual(['x.md']);
  });
});
