import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Fence, fencesIn, ROOT, readDocument } from './markdown.ts';

/** How a block takes part: a file of the reader's, a program or command to run, or what the one before it prints. */
export type Snippet =
  | { readonly kind: 'file'; readonly path: string; readonly text: string; readonly line: number }
  | {
      readonly kind: 'run';
      readonly language: 'ts' | 'sh';
      readonly text: string;
      readonly line: number;
      readonly output?: string;
    };

const RUN_SECONDS = 60;

/** The executable blocks of a page, in order. A block of TypeScript that says nothing is a mistake, and throws. */
export function snippetsIn(file: string): readonly Snippet[] {
  const fences = fencesIn(readDocument(file));
  return fences.flatMap((fence, index): readonly Snippet[] => {
    const snippet = toSnippet(fence, fences[index + 1]);
    if (snippet === undefined && fence.language === 'ts')
      throw new Error(`Cannot run ${file}:${fence.line}: mark the block with "run" or "file=…"`);
    return snippet === undefined ? [] : [snippet];
  });
}

function toSnippet({ language, words, text, line }: Fence, next: Fence | undefined): Snippet | undefined {
  const path = words.find((word) => word.startsWith('file='))?.slice('file='.length);
  if (path !== undefined) return { kind: 'file', path, text, line };
  if (!words.includes('run') || (language !== 'ts' && language !== 'sh')) return undefined;
  const output = next?.language === 'text' && next.words.includes('output') ? { output: next.text } : {};
  return { kind: 'run', language, text, line, ...output };
}

/** A folder in which the packages and the examples of this repository can be found under the names a reader uses. */
export class ReaderFolder implements Disposable {
  readonly path: string = mkdtempSync(join(tmpdir(), 'carapace-docs-'));

  constructor() {
    for (const name of ['node_modules', 'examples']) symlinkSync(join(ROOT, name), join(this.path, name));
    mkdirSync(join(this.path, 'tmp'));
    writeFileSync(join(this.path, 'package.json'), '{ "type": "module" }\n');
  }

  write(path: string, text: string): void {
    const target = join(this.path, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }

  /** What the snippet printed, on both streams; its exit status. */
  run(
    snippet: Extract<Snippet, { kind: 'run' }>,
  ): Promise<{ readonly output: string; readonly status: number | null }> {
    if (snippet.language === 'sh') return this.execute('sh', ['-euc', snippet.text]);
    const name = `snippet-${snippet.line}.ts`;
    this.write(name, snippet.text);
    return this.execute(process.execPath, ['--conditions=carapace-source', name]);
  }

  execute(
    command: string,
    args: readonly string[],
  ): Promise<{ readonly output: string; readonly status: number | null }> {
    const tools = join(ROOT, 'node_modules/.bin');
    return new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        cwd: this.path,
        env: {
          ...process.env,
          PATH: `${tools}${delimiter}${process.env['PATH'] ?? ''}`,
          NO_COLOR: '1',
          TMPDIR: join(this.path, 'tmp'),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: RUN_SECONDS * 1000,
        killSignal: 'SIGKILL',
      });
      let output = '';
      const collect = (chunk: Buffer): void => {
        output += chunk.toString('utf8');
      };
      child.stdout.on('data', collect);
      child.stderr.on('data', collect);
      child.once('error', reject);
      child.once('close', (status) => resolve({ output, status }));
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}

/** `…` in a documented output stands for any text within its line, a line of its own `…` for any number of lines. */
export function outputPattern(documented: string): RegExp {
  const lines = documented.trimEnd().split('\n');
  const source = lines.map((line) => (line.trim() === '…' ? '[^]*?' : line.split('…').map(literal).join('.*')));
  return new RegExp(`^${source.join('\n')}\n*$`, 'u');
}

function literal(text: string): string {
  return RegExp.escape(text);
}
