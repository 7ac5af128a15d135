import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { type InstalledSkill, parseManifest, parseSha256, type RequestedLimits } from '@carapace/manifest';
import {
  createMemorySink,
  createRuntime,
  type GrantRequest,
  type MemorySink,
  type Runtime,
  type RuntimeOptions,
  type ToolResult,
} from '@carapace/runtime';
import { expect } from 'vitest';

/** One attack as data: the text of an ES module whose default export holds the tool `attack`. */
export interface Attack {
  /** Number in the corpus of the threat model, e.g. `IS-034`; two or more variants share it. */
  readonly id: string;
  readonly title: string;
  /** A whole module, or with `run` the body of `async run(input, ctx) { … }`. */
  readonly module?: string;
  readonly run?: string;
  readonly input?: unknown;
  readonly limits?: RequestedLimits;
  readonly jit?: boolean;
}

/** Room for many calls in one test file; the attack's own limits come on top. */
const LIMITS: RequestedLimits = { wallMs: 5_000, cpuMs: 4_000, callsPerMinute: 6_000, concurrency: 32 };

const BENIGN: Attack = {
  id: 'benign',
  title: 'next call',
  run: 'return { sum: input.a + input.b };',
  input: { a: 2, b: 3 },
};

export interface Sandbox extends AsyncDisposable {
  readonly runtime: Runtime;
  readonly audit: MemorySink;
  /** Runs the attack in the real jailed worker and returns what the model would get. Rejects as the runtime rejects. */
  run(attack: Attack, grant?: GrantRequest, signal?: AbortSignal): Promise<ToolResult>;
  /** Host alive, no worker, descriptor or child left behind, and the next benign call works. */
  expectUnharmed(): Promise<void>;
}

export async function openSandbox(options: RuntimeOptions = {}): Promise<Sandbox> {
  const audit = createMemorySink(100_000);
  const runtime = await createRuntime({ spares: 1, audit, ...options });
  const run: Sandbox['run'] = async (attack, grant = {}, signal) => {
    await using skill = await runtime.load(skillOf(attack), { permissions: 'declared', ...grant });
    return await skill.call('attack', attack.input ?? {}, signal === undefined ? {} : { signal });
  };
  await run(BENIGN);
  const settled = (): Promise<void> => expect.poll(() => busyWorkers(runtime), { timeout: 10_000 }).toBe(0);
  await settled();
  const descriptors = countDescriptors();
  return {
    runtime,
    audit,
    run,
    expectUnharmed: async () => {
      const next = await run(BENIGN);
      expect(next.structured).toEqual({ sum: 5 });
      await settled();
      expect(countDescriptors()).toBeLessThanOrEqual(descriptors);
      expect(childProcesses()).toHaveLength(runtime.stats.alive);
    },
    [Symbol.asyncDispose]: async () => {
      await runtime.close();
      expect(childProcesses()).toEqual([]);
    },
  };
}

/** Workers that are neither idle spares nor reaped. */
function busyWorkers(runtime: Runtime): number {
  const { alive, spares } = runtime.stats;
  return spares === 0 ? -1 : alive - spares;
}

export function skillOf(attack: Attack): InstalledSkill {
  const bundle =
    attack.module ?? `export default { tools: { attack: { async run(input, ctx) {\n${attack.run ?? ''}\n} } } };`;
  const manifest = parseManifest({
    manifestVersion: 1,
    name: 'hostile',
    version: '1.0.0',
    description: `Attack ${attack.id}`,
    main: 'dist/skill.js',
    tools: {
      attack: {
        description: 'Runs the attack',
        input: { type: 'object' },
        annotations: { readOnly: true },
        approval: 'never',
      },
    },
    ...(attack.jit === true ? { permissions: { jit: true } } : {}),
    limits: { ...LIMITS, ...attack.limits },
  });
  const digest = parseSha256(`sha256-${createHash('sha256').update(bundle).digest('hex')}`);
  return { manifest, digest, bundle, origin: 'unsigned-local' };
}

/** Open descriptors of this process. The listing itself opens one, the same one every time. */
export function countDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
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
