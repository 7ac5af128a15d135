import { readdirSync, readFileSync } from 'node:fs';
import type { FsAccess, InstalledSkill, Isolation, RequestedLimits } from '@carapace/manifest';
import {
  createMemorySink,
  createRuntime,
  type GrantRequest,
  type MemorySink,
  type Runtime,
  type RuntimeOptions,
  type ToolResult,
} from '@carapace/runtime';
import { expect, vi } from 'vitest';
import { inlineSkill } from '../inline-skill.ts';
import { callOptions, underVariant, VARIANT } from './variant.ts';

/** One attack as data: the text of an ES module whose default export holds the tool `attack`. */
export interface Attack {
  /** Number in the corpus of the threat model, e.g. `IS-034`; two or more variants share it. */
  readonly id: string;
  readonly title: string;
  /** Name of the skill. Default `hostile`. */
  readonly skill?: string;
  /** A whole module, or with `run` the body of `async run(input, ctx) { … }`. */
  readonly module?: string;
  readonly run?: string;
  readonly input?: unknown;
  readonly limits?: RequestedLimits;
  readonly jit?: boolean;
  /** Host directory behind the mount `docs`; without one the skill has no file system at all. */
  readonly docs?: string;
  /** What it may do there. Default: read and list. */
  readonly access?: readonly FsAccess[];
  /** Globs of that mount, as in the manifest. */
  readonly match?: readonly string[];
  readonly except?: readonly string[];
  /** Everything else its manifest asks for, in the manifest's own words; it is granted whole. */
  readonly permissions?: object;
  /** Weakest isolation its manifest asks for. Default: the one of this run, so that the attack meets it. */
  readonly isolation?: Isolation;
}

/** Room for many calls in one test file; the attack's own limits come on top. */
const LIMITS: RequestedLimits = { wallMs: 5_000, cpuMs: 4_000, callsPerMinute: 6_000, concurrency: 32 };

/** What is attacked: how the runtime is made, and a call that its workers answer with the sum of `a` and `b`. */
export interface SandboxHost {
  readonly create: (options: RuntimeOptions) => Promise<Runtime>;
  readonly addition: Pick<Attack, 'run' | 'module'>;
}

const PRODUCT: SandboxHost = { create: createRuntime, addition: { run: 'return { sum: input.a + input.b };' } };

export interface Sandbox extends AsyncDisposable {
  readonly runtime: Runtime;
  readonly audit: MemorySink;
  /** Runs the attack in the real jailed worker and returns what the model would get. Rejects as the runtime rejects. */
  run(attack: Attack, grant?: GrantRequest, signal?: AbortSignal): Promise<ToolResult>;
  /** A spare is booted: the next call does not spend its time on a worker's start. */
  expectReady(): Promise<void>;
  /** No worker, descriptor or child left behind. */
  expectSettled(): Promise<void>;
  /** The same, and the next benign call works. */
  expectUnharmed(): Promise<void>;
}

export async function openSandbox(
  options: RuntimeOptions = {},
  { create, addition }: SandboxHost = PRODUCT,
): Promise<Sandbox> {
  const audit = createMemorySink(100_000);
  const spares = options.spares ?? 1;
  const runtime = await create(underVariant({ ...options, spares, audit }));
  const run: Sandbox['run'] = async (attack, grant = {}, signal) => {
    await using skill = await runtime.load(skillOf(attack), { ...grantOf(attack), ...grant });
    return await skill.call('attack', attack.input ?? {}, {
      ...callOptions(),
      ...(signal === undefined ? {} : { signal }),
    });
  };
  const benign = { id: 'benign', title: 'next call', ...addition, input: { a: 2, b: 3 } };
  await run(benign);
  // A killed worker counts as alive until the kernel has reaped it; a spare that is still booting is no leftover.
  const reaped = (): Promise<void> => eventually(() => expect(runtime.stats().alive).toBeLessThanOrEqual(spares));
  await eventually(() => expect(runtime.stats()).toMatchObject({ alive: spares, spares }));
  const descriptors = countDescriptors();
  const expectReady = (): Promise<void> =>
    eventually(() => expect(runtime.stats().spares).toBeGreaterThanOrEqual(Math.min(1, spares)));
  const expectSettled = async (): Promise<void> => {
    await reaped();
    await eventually(() => expect(countDescriptors()).toBeLessThanOrEqual(descriptors));
    await eventually(() => expect(childProcesses()).toHaveLength(runtime.stats().alive));
  };
  return {
    runtime,
    audit,
    run,
    expectReady,
    expectSettled,
    expectUnharmed: async () => {
      const next = await run(benign);
      expect(next.structured).toEqual({ sum: 5 });
      await expectSettled();
    },
    [Symbol.asyncDispose]: async () => {
      await runtime.close();
      expect(childProcesses()).toEqual([]);
    },
  };
}

function eventually(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 10_000, interval: 5 });
}

/** Everything the attack's manifest declares: a wall that only stood for want of a grant would prove nothing. */
export function grantOf({ docs }: Attack): GrantRequest {
  return { permissions: 'declared', ...(docs === undefined ? {} : { mounts: { docs } }) };
}

export function skillOf(attack: Attack): InstalledSkill {
  const bundle =
    attack.module ?? `export default { tools: { attack: { async run(input, ctx) {\n${attack.run ?? ''}\n} } } };`;
  return inlineSkill({
    name: attack.skill ?? 'hostile',
    isolation: attack.isolation ?? VARIANT.isolation,
    bundle,
    // The worst tool that needs no approval: a person who has to agree is a wall of its own.
    tools: { attack: { annotations: { readOnly: false, destructive: false }, approval: 'never' } },
    permissions: permissionsOf(attack),
    limits: { ...LIMITS, ...attack.limits },
  });
}

function permissionsOf({ docs, access = ['read', 'list'], match, except, jit, permissions }: Attack): object {
  const globs = { ...(match === undefined ? {} : { match }), ...(except === undefined ? {} : { except }) };
  const fs = { mount: 'docs', path: '~/documents', access, ...globs, reason: 'Bait' };
  return {
    ...(jit === true ? { jit: true } : {}),
    ...(docs === undefined ? {} : { fs: [fs] }),
    ...permissions,
  };
}

/** Open descriptors of this process. The listing itself opens one, the same one every time. */
export function countDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

/** Processes that descend from this one and have no child of their own: whatever starts a worker, the worker is the last. */
export function workerProcesses(): readonly number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parents = new Map(pids.map((pid) => [Number(pid), parentOf(pid)]));
  const descends = (pid: number | undefined): boolean =>
    pid !== undefined && pid !== 0 && (pid === process.pid || descends(parents.get(pid)));
  const withChildren = new Set(parents.values());
  return [...parents.keys()].filter((pid) => pid !== process.pid && !withChildren.has(pid) && descends(pid));
}

/** Direct children of this process, zombies included: a worker that was not reaped would show up here. */
export function childProcesses(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => parentOf(pid) === process.pid)
    .map(Number);
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    // Gone between the listing and the look.
    return 0;
  }
}
