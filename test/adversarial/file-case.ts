import type { FsAccess, RequestedLimits } from '@carapace/manifest';
import type { GrantRequest, ToolResult } from '@carapace/runtime';
import { expect } from 'vitest';
import { expectOutcome } from './attack-case.ts';
import type { Expected } from './expected.ts';
import { CANARY, openPlayground, type Playground } from './playground.ts';
import type { Sandbox } from './sandbox.ts';

/** One row about files: a directory, what a skill does with it, what must come out. */
export interface FileCase {
  readonly id: string;
  readonly title: string;
  /** Default: everything, so that it is the attacked rule that says no. */
  readonly access?: readonly FsAccess[];
  readonly match?: readonly string[];
  readonly except?: readonly string[];
  readonly limits?: RequestedLimits;
  /** What lies in the directory beyond `a.txt` and `folder/b.txt`. */
  readonly lay?: (playground: Playground) => void;
  /** Body of the tool, with `fs`, `outcome`, `all` and `everywhere` in scope; see FILE_PRELUDE. */
  readonly run: string;
  readonly input?: unknown;
  readonly expect: Expected;
  /** What the host must find in the directory afterwards. */
  readonly after?: (playground: Playground, result: ToolResult) => void;
}

export const EVERYTHING: readonly FsAccess[] = ['read', 'list', 'write', 'create', 'delete'];

/**
 * What the code of a row can use. `outcome(work)`: the value, or the code of the error. `all({ name: work })`: one after the
 * other. `everywhere(path)`: every operation there is on that path, reading ones first, as the list of the different outcomes.
 */
export const FILE_PRELUDE: string = `import * as fs from 'node:fs/promises';
const plain = (value) => value instanceof Uint8Array ? new TextDecoder().decode(value) : typeof value === 'object' ? 'done' : value ?? 'done';
async function outcome(work) {
  try { return plain(await work()); } catch (error) {
    return (error.carapaceCode ?? error.code ?? String(error)).replace('ERR_CARAPACE_', '');
  }
}
async function all(works) {
  const outcomes = {};
  for (const [name, work] of Object.entries(works)) outcomes[name] = await outcome(work);
  return outcomes;
}
const opened = (flags) => async (path) => { const handle = await fs.open(path, flags); await handle.close(); };
const OPERATIONS = {
  readFile: (path) => fs.readFile(path), stat: (path) => fs.stat(path), lstat: (path) => fs.lstat(path),
  access: (path) => fs.access(path), 'access for writing': (path) => fs.access(path, fs.constants.W_OK),
  readdir: (path) => fs.readdir(path), opendir: async (path) => (await fs.opendir(path)).close(),
  'open r': opened('r'), 'open r+': opened('r+'), 'open a': opened('a'), 'open wx': opened('wx'), 'open w': opened('w'),
  'copy from': (path) => fs.copyFile(path, '/docs/copy'), 'copy to': (path) => fs.copyFile('/docs/a.txt', path),
  appendFile: (path) => fs.appendFile(path, 'x'), writeFile: (path) => fs.writeFile(path, 'x'),
  truncate: (path) => fs.truncate(path, 1), mkdir: (path) => fs.mkdir(path),
  'mkdir -p': (path) => fs.mkdir(path, { recursive: true }),
  'rename from': (path) => fs.rename(path, '/docs/renamed'), 'rename to': (path) => fs.rename('/docs/a.txt', path),
  unlink: (path) => fs.unlink(path), rmdir: (path) => fs.rmdir(path), rm: (path) => fs.rm(path),
  'rm -r': (path) => fs.rm(path, { recursive: true }), 'rm -rf': (path) => fs.rm(path, { recursive: true, force: true }),
};
async function each(path, names = Object.keys(OPERATIONS)) {
  const outcomes = {};
  for (const name of names) outcomes[name] = await outcome(() => OPERATIONS[name](path));
  return outcomes;
}
const everywhere = async (path, names) => [...new Set(Object.values(await each(path, names)))].sort();
`;

/** No row is about time unless it says so, and a machine may be busy. */
const TIME: RequestedLimits = { wallMs: 30_000, cpuMs: 20_000 };

/**
 * Runs one row in the real worker. Whatever the row is about: nothing beside the mount has changed, and no byte of it is
 * in the result.
 */
export async function expectContained(sandbox: Sandbox, row: FileCase, grant: GrantRequest = {}): Promise<ToolResult> {
  using playground = openPlayground();
  row.lay?.(playground);
  const before = playground.beside();
  await sandbox.expectReady();
  const { id, title, limits, match, except, access = EVERYTHING, input } = row;
  const globs = { ...(match === undefined ? {} : { match }), ...(except === undefined ? {} : { except }) };
  const module = `${FILE_PRELUDE}\nexport default { tools: { attack: { async run(input, ctx) {\n${row.run}\n} } } };`;
  const attack = { id, title, module, docs: playground.inside, access, input, ...globs };
  const result = await sandbox.run({ ...attack, limits: { ...TIME, ...limits } }, grant);
  expectOutcome(result, row.expect);
  expect(JSON.stringify(result)).not.toContain(CANARY);
  expect(playground.beside()).toEqual(before);
  row.after?.(playground, result);
  await sandbox.expectSettled();
  return result;
}
