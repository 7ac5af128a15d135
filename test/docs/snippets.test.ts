import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { markdownFiles, ROOT } from './markdown.ts';
import { outputPattern, ReaderFolder, type Snippet, snippetsIn } from './snippets.ts';

const PAGES = markdownFiles().filter((file) =>
  /^(?:README|SECURITY)\.md$|^docs\/|^packages\/[^/]+\/README\.md$/.test(file),
);
const pages = PAGES.map((file) => ({ file, snippets: snippetsIn(file) })).filter(({ snippets }) => snippets.length > 0);

const MINUTES = 60_000;

/** The rules of this repository, for programs that nobody imports. */
const TSCONFIG = {
  extends: join(ROOT, 'tsconfig.program.json'),
  compilerOptions: { typeRoots: [join(ROOT, 'node_modules/@types')] },
  include: ['**/*.ts'],
  exclude: ['node_modules', 'examples'],
};

async function play(folder: ReaderFolder, file: string, snippet: Snippet): Promise<void> {
  if (snippet.kind === 'file') {
    folder.write(snippet.path, snippet.text);
    return;
  }
  const { output, status } = await folder.run(snippet);
  expect(status, `${file}:${snippet.line} printed:\n${output}`).toBe(0);
  if (snippet.output !== undefined) expect(output).toMatch(outputPattern(snippet.output));
}

describe('the code in the documents', () => {
  it('is found', () => {
    expect(pages.map(({ file }) => file)).toEqual(
      expect.arrayContaining([
        'README.md',
        'docs/authoring.md',
        'docs/embedding.md',
        'packages/cli/README.md',
        'packages/manifest/README.md',
        'packages/runtime/README.md',
      ]),
    );
  });

  it.each(pages)(
    'of $file runs as it is written',
    async ({ file, snippets }) => {
      using folder = new ReaderFolder();
      for (const snippet of snippets) await play(folder, file, snippet);
    },
    5 * MINUTES,
  );

  it.each(pages)(
    'of $file has the types that it claims',
    async ({ snippets }) => {
      using folder = new ReaderFolder();
      for (const snippet of snippets) {
        if (snippet.kind === 'file') folder.write(snippet.path, snippet.text);
        else if (snippet.language === 'ts') folder.write(`snippet-${snippet.line}.ts`, snippet.text);
      }
      folder.write('tsconfig.json', JSON.stringify(TSCONFIG));
      const { output, status } = await folder.execute('tsc', ['--project', 'tsconfig.json']);
      expect(output).toBe('');
      expect(status).toBe(0);
    },
    5 * MINUTES,
  );
});

describe('a documented output', () => {
  it('matches word by word except where it has an ellipsis', () => {
    expect('a 12 c\n').toMatch(outputPattern('a … c\n'));
    expect('a\nb\nc\nd\n').toMatch(outputPattern('a\n…\nd\n'));
    expect('a b c\n').not.toMatch(outputPattern('a c\n'));
    expect('a\nb\n').not.toMatch(outputPattern('a\n'));
  });
});
