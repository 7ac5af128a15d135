import type { Isolation, RequestedLimits } from '@carapace/manifest';
import type { ResultCode, RuntimeErrorCode } from '@carapace/runtime';

/** How a call ended: its value, the code of its result, or the code it was rejected with. */
export type Fate = 'value' | ResultCode | RuntimeErrorCode;

/** One sort of call, and what must come of it when nobody interferes. */
export interface Scenario {
  readonly name: string;
  readonly isHonest: boolean;
  /** Body of the tool, with `fs`, `input`, `ctx` and the module's own `state` in scope. */
  readonly body: string;
  /** Statements of the module itself. */
  readonly top?: string;
  /** Of two tools the second; it looks whether the first has left anything. */
  readonly look?: string;
  readonly limits?: RequestedLimits;
  /** Weakest isolation it is written for. */
  readonly isolation: Isolation;
  /** How often it is chosen, relative to the others. */
  readonly weight: number;
  readonly expect: readonly Fate[];
  /** The value, where there is one. */
  readonly value?: (value: unknown) => boolean;
  /** The caller gives up within so many ms. */
  readonly abortWithinMs?: number;
  /** So many calls at the same moment. */
  readonly crowd?: number;
}

const equals = (wanted: unknown) => (value: unknown) => value === wanted;
const WALL: Fate = 'ERR_CARAPACE_BUDGET_WALL';
const CPU: Fate = 'ERR_CARAPACE_BUDGET_CPU';
/** V8 may give up, and its process end, before any sample has seen how large it was. */
const MEMORY: readonly Fate[] = ['ERR_CARAPACE_BUDGET_MEMORY', 'ERR_CARAPACE_SKILL_CRASHED'];

const HONEST: readonly Scenario[] = [
  {
    name: 'add',
    isHonest: true,
    isolation: 'session',
    weight: 20,
    body: 'return 2 + 3;',
    expect: ['value'],
    value: equals(5),
  },
  {
    name: 'read',
    isHonest: true,
    isolation: 'session',
    weight: 8,
    body: "return await fs.readFile('/docs/small.txt', 'utf8');",
    expect: ['value'],
    value: equals('text'),
  },
  {
    name: 'large',
    isHonest: true,
    isolation: 'skill',
    weight: 3,
    body: "return (await fs.readFile('/docs/large.bin')).length;",
    expect: ['value'],
    value: equals(2 ** 20),
  },
  {
    name: 'wait',
    isHonest: true,
    isolation: 'session',
    weight: 6,
    body: 'await new Promise((r) => setTimeout(r, 20)); return "waited";',
    expect: ['value'],
    value: equals('waited'),
  },
  {
    name: 'count',
    isHonest: true,
    isolation: 'session',
    weight: 6,
    body: 'state = (state ?? 0) + 1; return state;',
    expect: ['value'],
    value: (value) => Number.isInteger(value),
  },
  {
    name: 'crowd',
    isHonest: true,
    isolation: 'skill',
    weight: 1,
    body: 'return 1;',
    crowd: 30,
    expect: ['value', 'ERR_CARAPACE_RUNTIME_BUSY', 'ERR_CARAPACE_BUDGET_CONCURRENCY'],
  },
];

const HOSTILE: readonly Scenario[] = [
  {
    name: 'spin',
    isHonest: false,
    isolation: 'session',
    weight: 3,
    body: 'for (;;);',
    limits: { cpuMs: 150, wallMs: 3_000 },
    expect: [CPU, WALL],
  },
  {
    name: 'hang',
    isHonest: false,
    isolation: 'session',
    weight: 3,
    body: 'await new Promise((r) => setTimeout(r, 60000));',
    limits: { wallMs: 400 },
    expect: [WALL],
  },
  {
    name: 'tiny deadline',
    isHonest: false,
    isolation: 'session',
    weight: 3,
    body: 'return 1;',
    limits: { wallMs: 10 },
    expect: ['value', WALL],
  },
  {
    name: 'memory bomb',
    isHonest: false,
    isolation: 'skill',
    weight: 2,
    body: 'const all = []; for (;;) all.push(new Array(1e5).fill(1));',
    limits: { memoryMiB: 16, wallMs: 5_000 },
    expect: [...MEMORY, CPU, WALL],
  },
  {
    name: 'buffer bomb',
    isHonest: false,
    isolation: 'skill',
    weight: 2,
    body: 'const all = []; for (;;) all.push(new Uint8Array(1e6).fill(1));',
    limits: { memoryMiB: 16, wallMs: 5_000 },
    expect: [...MEMORY, 'ERR_CARAPACE_SKILL_THREW', CPU, WALL],
  },
  {
    name: 'log flood',
    isHonest: false,
    isolation: 'session',
    weight: 2,
    body: "for (;;) console.log('\\u001b[31m' + 'x'.repeat(500));",
    expect: ['ERR_CARAPACE_BUDGET_LOGS'],
  },
  {
    name: 'output flood',
    isHonest: false,
    isolation: 'session',
    weight: 2,
    body: "return 'x'.repeat(2_000_000);",
    limits: { outputKiB: 64 },
    expect: ['ERR_CARAPACE_BUDGET_OUTPUT'],
  },
  {
    name: 'request flood',
    isHonest: false,
    isolation: 'session',
    weight: 2,
    body: "for (;;) await fs.stat('/docs/small.txt');",
    limits: { brokerCalls: 200, wallMs: 20_000 },
    expect: ['ERR_CARAPACE_BUDGET_BROKER_CALLS', 'ERR_CARAPACE_BUDGET_FILES'],
  },
  {
    name: 'throw',
    isHonest: false,
    isolation: 'session',
    weight: 3,
    body: 'throw new Error("ERR_CARAPACE_TRUST");',
    expect: ['ERR_CARAPACE_SKILL_THREW'],
  },
  {
    name: 'climb',
    isHonest: false,
    isolation: 'session',
    weight: 3,
    body: "try { return await fs.readFile('/docs/../../etc/passwd', 'utf8'); } catch (error) { return error.carapaceCode; }",
    expect: ['value'],
    value: equals('ERR_CARAPACE_FS_BAD_PATH'),
  },
  {
    name: 'leave behind',
    isHonest: false,
    isolation: 'skill',
    weight: 4,
    body: "state = 1; Object.prototype.left = 1; setInterval(() => console.log('left'), 1); Promise.reject(new Error('left')); void fs.readFile('/docs/small.txt'); return 'left';",
    look: "return state === undefined && !('left' in {});",
    expect: ['value'],
    value: (value) => value === 'left' || value === true,
  },
  {
    name: 'give up',
    isHonest: false,
    isolation: 'session',
    weight: 4,
    body: 'for (;;) await new Promise((r) => setTimeout(r, 5));',
    abortWithinMs: 60,
    expect: ['ERR_CARAPACE_CALL_ABORTED'],
  },
  {
    name: 'give up on a spin',
    isHonest: false,
    isolation: 'session',
    weight: 2,
    body: 'for (;;);',
    abortWithinMs: 60,
    expect: ['ERR_CARAPACE_CALL_ABORTED'],
  },
  {
    name: 'load forever',
    isHonest: false,
    isolation: 'skill',
    weight: 1,
    top: 'for (;;);',
    body: 'return 1;',
    limits: { cpuMs: 150, wallMs: 3_000 },
    expect: [CPU, WALL],
  },
];

export const SCENARIOS: readonly Scenario[] = [...HONEST, ...HOSTILE];
