/**
 * One violation per rule. They are text and not files, so that no lint has to be told to look away from them; the test
 * writes them into a copy of the workspace and runs the real tools with the real configuration there.
 */
export interface Plant {
  readonly tool: 'oxlint' | 'imports' | 'biome' | 'knip';
  /** As the tool names it. */
  readonly rule: string;
  /** Where it is planted; configuration goes by paths. */
  readonly path: string;
  readonly text: string;
}

const HOST = 'packages/runtime/src/host';
const WORKER = 'packages/runtime/src/worker';

const lines = (count: number, line: string): string => `${line}\n`.repeat(count);

const LINT: readonly Plant[] = [
  { rule: 'carapace(file-names)', path: `${HOST}/call-utils.ts`, text: 'export const a = 1;\n' },
  { rule: 'carapace(file-names)', path: `${HOST}/common/thing.ts`, text: 'export const a = 1;\n' },
  { rule: 'carapace(file-names)', path: `${HOST}/skill-manager.ts`, text: 'export const a = 1;\n' },
  {
    rule: 'carapace(no-host-reference-in-isolate)',
    path: `${WORKER}/reference.ts`,
    text: "import ivm from 'isolated-vm';\nexport const handle = new ivm.Reference(process);\n",
  },
  {
    rule: 'carapace(no-host-reference-in-isolate)',
    path: `${WORKER}/computed.ts`,
    text: "import ivm from 'isolated-vm';\nexport const copy = new ivm['ExternalCopy']({});\n",
  },
  {
    rule: 'carapace(no-host-reference-in-isolate)',
    path: `${WORKER}/imported.ts`,
    text: "import { Reference } from 'isolated-vm';\nexport const handle = new Reference(process);\n",
  },
  ...['reference', 'copy', 'externalCopy', 'promise'].map((option) => ({
    rule: 'carapace(no-host-reference-in-isolate)',
    path: `${WORKER}/option-${option}.ts`,
    text: `export const options = { arguments: { ${option}: true } };\n`,
  })),
  ...[
    ["import { spawn } from 'node:child_process';\nexport const start = spawn;\n", 'static'],
    ["export { fork } from 'child_process';\n", 're-export'],
    ["export * from 'node:cluster';\n", 'star'],
    ["export const load = async (): Promise<unknown> => import('node:child_process');\n", 'dynamic'],
    ["export const load = (): unknown => process.getBuiltinModule('child_process');\n", 'builtin'],
    ["declare const require: (name: string) => unknown;\nexport const load = require('child_process');\n", 'require'],
  ].map(([text = '', name]) => ({ rule: 'carapace(no-raw-process)', path: `${HOST}/process-${name}.ts`, text })),
  ...[
    ['// oxlint-disable-next-line no-console\nconsole.log(1);\n', 'oxlint'],
    ['/* eslint-disable no-console */\nconsole.log(1);\n', 'eslint'],
    ['// @ts-expect-error\nexport const a: string = 1;\n', 'expect-error'],
    ['// @ts-ignore -- a reason does not help\nexport const a: string = 1;\n', 'ignore'],
    ['// @ts-nocheck -- a reason does not help\nexport const a: string = 1;\n', 'nocheck'],
    ['// biome-ignore lint/suspicious/noDebugger\ndebugger;\n', 'biome'],
  ].map(([text = '', name]) => ({ rule: 'carapace(reason-for-disable)', path: `${HOST}/silent-${name}.ts`, text })),
  {
    rule: 'typescript(no-floating-promises)',
    path: `${HOST}/floating.ts`,
    text: 'export function go(): void {\n  Promise.resolve(1);\n}\n',
  },
  {
    rule: 'typescript(no-misused-promises)',
    path: `${HOST}/misused.ts`,
    text: 'export const go = (): unknown => [1].forEach(async () => Promise.resolve(1));\n',
  },
  {
    rule: 'typescript(switch-exhaustiveness-check)',
    path: `${HOST}/open-switch.ts`,
    text: "export function name(kind: 'a' | 'b'): void {\n  switch (kind) {\n    case 'a':\n      process.exit();\n  }\n}\n",
  },
  {
    rule: 'typescript(only-throw-error)',
    path: `${HOST}/thrown.ts`,
    text: "export function go(): never {\n  throw 'text';\n}\n",
  },
  { rule: 'typescript(no-explicit-any)', path: `${HOST}/any.ts`, text: 'export const value: any = 1;\n' },
  {
    rule: 'typescript(no-non-null-assertion)',
    path: `${HOST}/bang.ts`,
    text: 'export const first = (list: readonly string[]): string => list[0]!;\n',
  },
  {
    rule: 'typescript(no-unsafe-type-assertion)',
    path: `${HOST}/assertion.ts`,
    text: 'export const trust = (value: unknown): string => value as string;\n',
  },
  { rule: 'import(no-cycle)', path: `${HOST}/cycle.ts`, text: "import './cycle-back.ts';\nexport const a = 1;\n" },
  { rule: 'import(no-default-export)', path: `${HOST}/default.ts`, text: 'export default 1;\n' },
  { rule: 'eslint(no-console)', path: `${HOST}/console.ts`, text: 'console.log(1);\n' },
  { rule: 'eslint(max-lines)', path: `${HOST}/long.ts`, text: lines(301, 'export {};') },
  { rule: 'eslint(max-lines)', path: `${HOST}/long.test.ts`, text: lines(501, 'export {};') },
  {
    rule: 'eslint(max-lines-per-function)',
    path: `${HOST}/long-function.ts`,
    text: `export function long(): void {\n${lines(60, '  process.cwd();')}}\n`,
  },
  {
    rule: 'eslint(complexity)',
    path: `${HOST}/branches.ts`,
    text: `export function many(a: number): number {\n${lines(12, '  if (a > 1) return a;')}  return a;\n}\n`,
  },
  { rule: 'unicorn(prefer-node-protocol)', path: `${HOST}/protocol.ts`, text: "export { sep } from 'path';\n" },
].map((plant) => ({ tool: 'oxlint', ...plant }));

const BOUNDARIES: readonly Plant[] = [
  {
    rule: 'worker-never-imports-host',
    path: `${WORKER}/reaches-host.ts`,
    text: "export { floating } from '../host/target.ts';\n",
  },
  { rule: 'guest-is-powerless', path: `${WORKER}/guest/core.ts`, text: "export { sep } from 'node:path';\n" },
  { rule: 'guest-is-powerless', path: `${WORKER}/guest/package.ts`, text: "export { default } from 'isolated-vm';\n" },
  { rule: 'guest-is-powerless', path: `${WORKER}/guest/unknown.ts`, text: "export { a } from 'no-such-package';\n" },
  {
    rule: 'product-never-imports-tests',
    path: `${HOST}/uses-fixture.ts`,
    text: "export { floating } from './fixtures/target.ts';\n",
  },
  {
    rule: 'manifest-is-leaf',
    path: 'packages/manifest/src/not-a-leaf.ts',
    text: "export { floating } from '../../runtime/src/host/target.ts';\n",
  },
  { rule: 'manifest-is-pure', path: 'packages/manifest/src/impure.ts', text: "export { sep } from 'node:path';\n" },
  {
    rule: 'runtime-and-registry-are-strangers',
    path: `${HOST}/knows-registry.ts`,
    text: "export { floating } from '../../../registry-client/src/target.ts';\n",
  },
  {
    rule: 'runtime-and-registry-are-strangers',
    path: 'packages/registry-client/src/knows-runtime.ts',
    text: "export { floating } from '../../runtime/src/host/target.ts';\n",
  },
  ...['node:fs', 'fs/promises', 'node:net', 'node:http', 'node:child_process', 'node:worker_threads', 'koffi'].map(
    (power) => ({
      rule: 'powers-enter-once',
      path: `${HOST}/takes-${power.replaceAll(/\W/g, '-')}.ts`,
      text: `import * as power from '${power}';\nexport const taken = power;\n`,
    }),
  ),
  ...['examples/skills/spy/src/skill.ts', 'test/spy.test.ts', 'bench/spy.ts'].map((path) => ({
    rule: 'public-entries-only',
    path,
    text: `export { floating } from '${'../'.repeat(path.split('/').length - 1)}packages/runtime/src/host/target.ts';\n`,
  })),
  { rule: 'no-circular', path: `${HOST}/cycle-back.ts`, text: "import './cycle.ts';\nexport const b = 1;\n" },
].map((plant) => ({ tool: 'imports', ...plant }));

const OTHERS: readonly Plant[] = [
  { tool: 'biome', rule: 'format', path: `${HOST}/format.ts`, text: 'export const a = "double"\n' },
  {
    tool: 'biome',
    rule: 'assist/source/organizeImports',
    path: `${HOST}/imports.ts`,
    text: "import { sep } from 'node:path';\nimport { EOL } from 'node:os';\n\nexport const a = sep + EOL;\n",
  },
  {
    tool: 'biome',
    rule: 'lint/suspicious/noDoubleEquals',
    path: `${HOST}/equals.ts`,
    text: 'export const same = (a: unknown, b: unknown): boolean => a == b;\n',
  },
  { tool: 'knip', rule: 'files', path: `${HOST}/forgotten.ts`, text: 'export const a = 1;\n' },
  {
    tool: 'knip',
    rule: 'exports',
    path: `${HOST}/target.ts`,
    text: 'export const floating = 1;\nexport const forgotten = 1;\n',
  },
  {
    tool: 'knip',
    rule: 'unlisted',
    path: `${HOST}/index.ts`,
    text: "export { floating } from './target.ts';\nexport { EOL } from 'undeclared-package';\n",
  },
];

export const PLANTS: readonly Plant[] = [...LINT, ...BOUNDARIES, ...OTHERS];

/** What the plants import, without a fault of its own. */
export const INNOCENT: ReadonlyMap<string, string> = new Map([
  [`${HOST}/fixtures/target.ts`, 'export const floating = 1;\n'],
  ['packages/registry-client/src/target.ts', 'export const floating = 1;\n'],
  ['packages/runtime/src/index.ts', "export { EOL, floating } from './host/index.ts';\n"],
  ['packages/runtime/src/protocol/wire.ts', 'export const wire = 1;\n'],
  ['scripts/plain.ts', "export { sep } from 'node:path';\n"],
]);

/** Near misses: what the rule of that name must let pass, or it would be switched off soon. */
export const ALLOWED: readonly Plant[] = [
  {
    tool: 'oxlint',
    rule: 'carapace(no-raw-process)',
    path: `${HOST}/start-powers.ts`,
    text: "import { spawn } from 'node:child_process';\nexport const start = spawn;\n",
  },
  {
    tool: 'oxlint',
    rule: 'carapace(no-raw-process)',
    path: `${HOST}/type-of-process.ts`,
    text: "import type { ChildProcess } from 'node:child_process';\nexport const pid = (child: ChildProcess): unknown => child.pid;\n",
  },
  {
    tool: 'oxlint',
    rule: 'carapace(no-host-reference-in-isolate)',
    path: `${WORKER}/isolated-vm-engine.ts`,
    text: "import ivm from 'isolated-vm';\nexport const handle = new ivm.Reference(process);\n",
  },
  {
    tool: 'oxlint',
    rule: 'carapace(no-host-reference-in-isolate)',
    path: `${WORKER}/reference-type.ts`,
    text: "import type ivm from 'isolated-vm';\nexport type Handle = ivm.Reference<() => string>;\n",
  },
  {
    tool: 'oxlint',
    rule: 'carapace(reason-for-disable)',
    path: `${HOST}/silent-with-reason.ts`,
    text: '// oxlint-disable-next-line no-console -- this program is a plant\nconsole.log(1);\n',
  },
  {
    tool: 'imports',
    rule: 'powers-enter-once',
    path: `${HOST}/file-powers.ts`,
    text: "export * as fs from 'node:fs';\n",
  },
  {
    tool: 'imports',
    rule: 'powers-enter-once',
    path: `${HOST}/power-type.ts`,
    text: "export type { Socket } from 'node:net';\n",
  },
  {
    tool: 'imports',
    rule: 'worker-never-imports-host',
    path: `${WORKER}/speaks.ts`,
    text: "export { wire } from '../protocol/wire.ts';\n",
  },
];
