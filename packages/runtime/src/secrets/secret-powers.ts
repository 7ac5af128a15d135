import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';

/** What the kernel says about a file that was opened. */
export interface PrivateFileFacts {
  readonly isFile: boolean;
  /** Permission bits alone. */
  readonly mode: number;
  readonly owner: number;
  readonly size: number;
}

/** A program that gives values. */
export interface ProviderRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly input: string;
  readonly timeoutMs: number;
  readonly maxOutputBytes: number;
}

/** How a provider ended. Its own words stay outside: they may hold values. */
export type ProviderOutcome =
  | { readonly kind: 'done'; readonly output: string }
  | { readonly kind: 'failed'; readonly state: string };

/** Everything that reading secrets may do to the machine. */
export interface SecretPowers {
  readonly environment: Record<string, string | undefined>;
  /** Effective user; undefined where the system has no such notion. */
  readonly user: () => number | undefined;
  /** Opens without following a link at the end, and reads if `accept` has nothing against it. `accept` gives the reason. */
  readonly readFile: (path: string, accept: (facts: PrivateFileFacts) => string | undefined) => Promise<FileReading>;
  /** Changes whenever the file was replaced or written. Undefined when there is none. */
  readonly fileRevision: (path: string) => Promise<string | undefined>;
  readonly fileNames: (directory: string) => Promise<readonly string[]>;
  readonly run: (run: ProviderRun, signal: AbortSignal) => Promise<ProviderOutcome>;
}

export type FileReading =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly state: string };

/** The powers of this machine. */
export const nodeSecretPowers: SecretPowers = {
  environment: process.env,
  user: () => process.geteuid?.(),
  readFile: readPrivateFile,
  fileRevision: async (path) => {
    const facts = await stat(path, { bigint: true }).catch(() => undefined);
    return facts === undefined ? undefined : [facts.dev, facts.ino, facts.size, facts.mtimeNs, facts.ctimeNs].join(':');
  },
  fileNames: (directory) => readdir(directory),
  run: runProvider,
};

async function readPrivateFile(
  path: string,
  accept: (facts: PrivateFileFacts) => string | undefined,
): Promise<FileReading> {
  // Non-blocking, so that a FIFO in the place of the file does not hang the host.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  try {
    await using file = await open(path, flags);
    const facts = await file.stat();
    const { uid: owner, size } = facts;
    const state = accept({ isFile: facts.isFile(), mode: facts.mode & 0o7777, owner, size });
    return state === undefined ? { kind: 'read', text: await file.readFile('utf8') } : { kind: 'refused', state };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return { kind: 'missing' };
    return { kind: 'refused', state: code === 'ELOOP' ? 'it is a link' : 'it cannot be opened' };
  }
}

/** No shell, nothing of the environment but PATH, and whatever it says on stderr is dropped. */
function runProvider(run: ProviderRun, signal: AbortSignal): Promise<ProviderOutcome> {
  return new Promise((resolve) => {
    const PATH = process.env['PATH'];
    const child = spawn(run.command, run.args, {
      env: PATH === undefined ? {} : { PATH },
      stdio: ['pipe', 'pipe', 'ignore'],
      signal: AbortSignal.any([signal, AbortSignal.timeout(run.timeoutMs)]),
      killSignal: 'SIGKILL',
    });
    const chunks: Buffer[] = [];
    let size = 0;
    let state: string | undefined;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= run.maxOutputBytes) chunks.push(chunk);
      else {
        state = 'it said too much';
        child.kill('SIGKILL');
      }
    });
    child.stdin.on('error', () => {});
    child.stdin.end(run.input);
    child.on('error', (error) => {
      state ??= error.name === 'AbortError' ? 'it took too long' : 'it cannot be started';
      if (child.pid === undefined) resolve({ kind: 'failed', state });
    });
    child.on('close', (exit) => {
      state ??= exit === 0 ? undefined : 'it failed';
      const output = (): string => Buffer.concat(chunks).toString('utf8');
      resolve(state === undefined ? { kind: 'done', output: output() } : { kind: 'failed', state });
    });
  });
}
