import type { RequestedLimits } from '@carapace/manifest';
import type { ToolResult } from '@carapace/runtime';
import { expect, vi } from 'vitest';
import { expectOutcome } from './attack-case.ts';
import type { Expected } from './expected.ts';
import type { Sandbox } from './sandbox.ts';
import type { RawAnswer, RawRequest, RawServer } from './servers/raw-server.ts';
import { startRawServer } from './servers/raw-server.ts';

/** The host that rows without hosts of their own are granted. */
export const HOST = 'api.example.com';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** One row about the network: what the other side answers, what a skill does, what must come out. */
export interface NetCase {
  readonly id: string;
  readonly title: string;
  /** By path, what the server behind `https://api.example.com` answers. */
  readonly answers?: Readonly<Record<string, RawAnswer>>;
  /** Hosts as the manifest writes them. Default: that host, every method and path. */
  readonly net?: readonly object[];
  readonly secrets?: readonly object[];
  readonly limits?: RequestedLimits;
  readonly input?: unknown;
  /** Body of the tool, with `outcome`, `all`, `get` and `BASE` in scope; see NET_PRELUDE. */
  readonly run: string;
  readonly expect: Expected;
  /** What the server must have seen of it. */
  readonly after?: (seen: readonly RawRequest[], result: ToolResult) => void;
}

export function granted(...hosts: readonly string[]): readonly object[] {
  return hosts.map((host) => ({ host, methods: METHODS, reason: 'Bait' }));
}

/**
 * What the code of a row can use. `outcome(work)`: the value, or the code of the error, or the name of one without a code.
 * `all({ name: work })`: one after the other. `get(path, init)`: status and text of an answer, or the code.
 */
export const NET_PRELUDE: string = `const BASE = 'https://${HOST}';
async function outcome(work) {
  try { return (await work()) ?? 'done'; } catch (error) {
    return (error.carapaceCode ?? error.cause?.code ?? error.code ?? error.name ?? String(error)).toString().replace('ERR_CARAPACE_', '');
  }
}
async function all(works) {
  const outcomes = {};
  for (const [name, work] of Object.entries(works)) outcomes[name] = await outcome(work);
  return outcomes;
}
const read = async (response) => \`\${response.status} \${await response.text()}\`;
const get = (path, init) => outcome(async () => read(await fetch(typeof path === 'string' && path.startsWith('/') ? BASE + path : path, init)));
`;

/** A server whose answers are those of the row that runs. */
export interface Stage extends AsyncDisposable {
  readonly server: RawServer;
  answers: Readonly<Record<string, RawAnswer>>;
}

export async function openStage(): Promise<Stage> {
  const none: RawAnswer = 'HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n';
  const server = await startRawServer(({ path }) => stage.answers[path.split('?')[0] ?? ''] ?? none);
  const stage: Stage = { server, answers: {}, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
  return stage;
}

/** No row is about time unless it says so, and a machine may be busy. */
const TIME: RequestedLimits = { wallMs: 30_000, cpuMs: 20_000 };

/** The other side hears of the end of a connection a moment later than who ended it. */
const CLOSED = { timeout: 2_000, interval: 2 };

/** Runs one row in the real worker. Whatever the row is about: no connection outlives the call. */
export async function expectMet(sandbox: Sandbox, stage: Stage, row: NetCase): Promise<ToolResult> {
  const { id, title, net = granted(HOST), secrets, limits, input, run } = row;
  stage.answers = row.answers ?? {};
  const before = stage.server.requests.length;
  const { connections } = stage.server;
  await sandbox.expectReady();
  const result = await sandbox.run({
    id,
    title,
    module: `${NET_PRELUDE}export default { tools: { attack: { async run(input, ctx) {\n${run}\n} } } };`,
    permissions: { net, ...(secrets === undefined ? {} : { secrets }) },
    input,
    limits: { ...TIME, ...limits },
  });
  expectOutcome(result, row.expect);
  await vi.waitFor(() => expect(stage.server.openAfter(connections), 'connections after the call').toBe(0), CLOSED);
  await sandbox.expectSettled();
  row.after?.(stage.server.requests.slice(before), result);
  return result;
}
