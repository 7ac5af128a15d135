import { readdirSync, readFileSync } from 'node:fs';
import { createRuntime, type Runtime, type SkillHandle } from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childProcesses } from '../adversarial/sandbox.ts';
import { inlineSkill } from '../inline-skill.ts';

/**
 * One sealed process per skill does everything that skills do, many times over: isolates come and go, V8 collects and compiles,
 * Node computes digests and parses addresses. Whatever of it needed a system call that the second filter refuses would end
 * the process.
 */
const TOOLS: Readonly<Record<string, readonly [body: string, value: unknown]>> = {
  add: ['return 2 + 3;', 5],
  collect: [
    'let live = []; for (let i = 0; i < 400000; i++) { live.push({ i }); if (live.length > 50000) live = []; } return live.length;',
    expect.any(Number),
  ],
  buffers: [
    'let sum = 0; for (let i = 0; i < 20; i++) sum += new ArrayBuffer(2 ** 22).byteLength; return sum;',
    20 * 2 ** 22,
  ],
  compute: ['let s = 0; for (let i = 0; i < 3e6; i++) s = (s * 31 + i) | 0; return s;', expect.any(Number)],
  digest: [
    'const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode("abc")); return new Uint8Array(bytes)[0];',
    0xba,
  ],
  random: ['return crypto.getRandomValues(new Uint8Array(65536)).length + crypto.randomUUID().length;', 65_572],
  address: ['return new URL("https://exämple.com/a?b=c#d").href;', 'https://xn--exmple-cua.com/a?b=c#d'],
  decode: ['return new TextDecoder("shift_jis").decode(new Uint8Array([0x82, 0xa0]));', 'あ'],
  date: ['return new Intl.DateTimeFormat("de-CH", { timeZone: "Europe/Zurich" }).format(0);', '1.1.1970'],
  zone: ['return typeof new Date().getTimezoneOffset() + new Date(0).toString().slice(-6, -5);', expect.any(String)],
  collate: ['return ["z", "ä"].sort(new Intl.Collator("de").compare).join("") + "ﬁ".normalize("NFKC");', 'äzfi'],
  segment: ['return [...new Intl.Segmenter("th").segment("สวัสดี")].length;', expect.any(Number)],
  wait: ['await new Promise((resolve) => setTimeout(resolve, 5)); return "waited";', 'waited'],
};

const bundle = `export default { tools: { ${Object.entries(TOOLS)
  .map(([name, [body]]) => `${name}: { async run() { ${body} } }`)
  .join(',\n')}, fail: { run() { throw new RangeError('on purpose'); } } } };`;

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createRuntime({ isolation: 'skill', spares: 1, maxWorkers: 2, namespaces: 'off' });
});
afterAll(() => runtime.close());

function load(jit: boolean): Promise<SkillHandle> {
  const tools = Object.fromEntries([...Object.keys(TOOLS), 'fail'].map((name) => [name, {}]));
  const limits = { wallMs: 30_000, cpuMs: 30_000, callsPerMinute: 6_000 };
  const skill = inlineSkill({ name: 'sealed', bundle, tools, limits, permissions: jit ? { jit } : {} });
  return runtime.load(skill, { permissions: 'declared' });
}

describe.each([
  ['jitless', false],
  ['jit', true],
] as const)('a sealed worker, %s', (_profile, jit) => {
  it('runs all that a skill can ask of it, three times in one process', async () => {
    await using skill = await load(jit);
    for (let round = 0; round < 3; round += 1) {
      for (const [name, [, value]] of Object.entries(TOOLS)) {
        const result = await skill.call(name, {});
        expect({ name, code: result.code, value: result.structured }).toEqual({ name, code: undefined, value });
        expect(result.provenance.protection.layers).toContain('sealed');
      }
      const failed = await skill.call('fail', {});
      expect(failed.code).toBe('ERR_CARAPACE_SKILL_THREW');
      expect(JSON.stringify(failed.toAnthropic())).toContain('on purpose');
    }
    // A spare that is still booting has put on one filter, or none yet.
    await expect.poll(filterCounts, { timeout: 10_000 }).toEqual([filtersOf('self') + 2]);
  });
});

/** The different numbers of filters on the threads of all workers, those included that were started after the seal. */
function filterCounts(): readonly number[] {
  const threads = childProcesses().flatMap((pid) => readdirSync(`/proc/${pid}/task`).map((id) => `${pid}/task/${id}`));
  return [...new Set(threads.map(filtersOf))];
}

function filtersOf(process: string): number {
  return Number(/^Seccomp_filters:\s+(\d+)$/m.exec(readFileSync(`/proc/${process}/status`, 'utf8'))?.[1]);
}
