import type { InstalledSkill, ToolApproval } from '@carapace/manifest';
import { type AuditEvent, createMemorySink, createRuntime } from '@carapace/runtime';
import { describe, expect, it, vi } from 'vitest';
import { childProcesses, countDescriptors, skillOf } from '../adversarial/sandbox.ts';
import { inlineSkill } from '../inline-skill.ts';

const HELLO = skillOf({ id: 'hello', title: 'hello', run: 'return { hello: true };' });
const SPIN = skillOf({ id: 'spin', title: 'spin', run: 'for (;;);' });
const GUARDED = guarded('always');

/** HELLO with a tool that a person has to agree to. */
function guarded(approval: ToolApproval): InstalledSkill {
  const tools = new Map([...HELLO.manifest.tools].map(([name, tool]) => [name, { ...tool, approval }]));
  return { ...HELLO, manifest: { ...HELLO.manifest, tools } };
}

describe('createRuntime', () => {
  it('reports every layer and every denied attempt', async () => {
    await using runtime = await createRuntime({ spares: 0, namespaces: 'off' });
    expect(runtime.protection.level).toBe('jailed');
    // Whether a cgroup is delegated is up to the machine.
    const layers = runtime.protection.layers.filter(({ layer }) => layer !== 'cgroup');
    expect(layers.map(({ layer, state }) => `${layer} ${state}`)).toEqual([
      'namespaces absent',
      'rlimits enforced',
      'identity enforced',
      'no-new-privileges enforced',
      'landlock enforced',
      'seccomp enforced',
      'sealed enforced',
    ]);
    expect(runtime.selfTest.attempts.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual(
      [
        'open-outside',
        'write',
        'socket',
        'connect',
        'udp',
        'fork',
        'ptrace',
        'signal',
        'io-uring',
        'memory',
        'executable-memory',
        'privilege',
        'exec',
        'sealed-open',
        'sealed-lookup',
        'sealed-link',
        'sealed-map',
        'sealed-filter',
        'sealed-fork',
        'sealed-exec',
      ].map((name) => `${name} denied`),
    );
  });

  it.each([{ spares: -1 }, { spares: 1.5 }, { maxWorkers: 0 }, { spares: 4, maxWorkers: 2 }, { maxQueue: Number.NaN }])(
    'refuses the options %j',
    async (options) => {
      await expect(createRuntime(options)).rejects.toThrow(RangeError);
    },
  );

  it('AU-350 stamps a lowered minimum on the audit trail and on every result', async () => {
    const audit = createMemorySink();
    await using runtime = await createRuntime({ spares: 0, audit, minimumProtection: 'filtered', namespaces: 'off' });
    await using skill = await runtime.load(HELLO);
    const override = 'minimum protection lowered to filtered';
    expect((await skill.call('attack', {})).provenance.protection).toMatchObject({
      level: 'jailed',
      overrides: [override],
    });
    expect(audit.events({ kind: 'runtime-start' })).toMatchObject([{ overrides: [override] }]);
  });

  it('keeps the environment of the host away from launcher and worker', async () => {
    const before = process.env['NODE_OPTIONS'];
    process.env['NODE_OPTIONS'] = '--require=/carapace/there-is-no-such-file.js';
    try {
      await using runtime = await createRuntime({ spares: 0 });
      await using skill = await runtime.load(HELLO);
      expect((await skill.call('attack', {})).isError).toBe(false);
    } finally {
      if (before === undefined) delete process.env['NODE_OPTIONS'];
      else process.env['NODE_OPTIONS'] = before;
    }
  });

  it('leaves no process and no descriptor behind', async () => {
    const before = countDescriptors();
    const runtime = await createRuntime({ spares: 2 });
    await runtime.close();
    expect(childProcesses()).toEqual([]);
    expect(countDescriptors()).toBeLessThanOrEqual(before);
    await runtime.close();
    await expect(runtime.load(HELLO)).rejects.toMatchObject({ code: 'ERR_CARAPACE_RUNTIME_CLOSED' });
  });
});

describe('SkillHandle.call', () => {
  it('works without a spare, and with more calls than workers', async () => {
    await using runtime = await createRuntime({ spares: 0, maxWorkers: 2 });
    await using skill = await runtime.load(HELLO);
    const results = await Promise.all(
      Array.from({ length: 5 }, (_, index) => skill.call('attack', {}, { callId: `c${index}` })),
    );
    expect(results.map(({ structured }) => structured)).toEqual(Array.from({ length: 5 }, () => ({ hello: true })));
    expect(results.map(({ provenance }) => provenance.callId)).toEqual(['c0', 'c1', 'c2', 'c3', 'c4']);
  });

  it('RS-086 refuses the call that finds the queue full', async () => {
    await using runtime = await createRuntime({ spares: 0, maxWorkers: 1, maxQueue: 1 });
    await using skill = await runtime.load(HELLO);
    const settled = await Promise.allSettled([1, 2, 3].map(() => skill.call('attack', {})));
    const refused = settled.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const result of refused) expect(result).toMatchObject({ reason: { code: 'ERR_CARAPACE_RUNTIME_BUSY' } });
  });

  it('ends with an aborted result when the caller aborts, before and during the call', async () => {
    await using runtime = await createRuntime({ spares: 1 });
    await using skill = await runtime.load(SPIN);
    expect((await skill.call('attack', {}, { signal: AbortSignal.abort() })).code).toBe('ERR_CARAPACE_CALL_ABORTED');
    const controller = new AbortController();
    const running = skill.call('attack', {}, { signal: controller.signal });
    setTimeout(() => controller.abort(), 200);
    expect((await running).code).toBe('ERR_CARAPACE_CALL_ABORTED');
  });

  it('IP-154 runs nothing when it is aborted while it waits for a worker', async () => {
    const audit = createMemorySink();
    await using runtime = await createRuntime({ spares: 0, audit });
    await using skill = await runtime.load(HELLO);
    const controller = new AbortController();
    const waiting = skill.call('attack', {}, { signal: controller.signal });
    controller.abort();
    expect((await waiting).code).toBe('ERR_CARAPACE_CALL_ABORTED');
    expect(audit.events({ kind: 'worker-killed' })).toEqual([]);
  });

  it('closes in the middle of a call without leaving a worker', async () => {
    const runtime = await createRuntime({ spares: 1 });
    const skill = await runtime.load(SPIN);
    const running = skill.call('attack', {});
    setTimeout(() => void runtime.close(), 200);
    expect((await running).code).toBe('ERR_CARAPACE_CALL_ABORTED');
    await runtime.close();
    expect(childProcesses()).toEqual([]);
    await expect(skill.call('attack', {})).rejects.toMatchObject({ code: 'ERR_CARAPACE_RUNTIME_CLOSED' });
  });

  it('refuses call ids that could not be printed', async () => {
    await using runtime = await createRuntime({ spares: 0 });
    await using skill = await runtime.load(HELLO);
    expect(() => skill.call('attack', {}, { callId: 'a\nb' })).toThrow(TypeError);
  });
});

describe('limits between calls', () => {
  it('refuses more calls at once than the skill may have, and more per minute', async () => {
    await using runtime = await createRuntime({ spares: 1 });
    await using narrow = await runtime.load(
      skillOf({ id: 'hello', title: 'hello', run: 'return 1;', limits: { concurrency: 1, callsPerMinute: 2 } }),
    );
    const [first, second] = await Promise.all([narrow.call('attack', {}), narrow.call('attack', {})]);
    expect([first?.code, second?.code]).toEqual([undefined, 'ERR_CARAPACE_BUDGET_CONCURRENCY']);
    expect((await narrow.call('attack', {})).isError).toBe(false);
    expect((await narrow.call('attack', {})).code).toBe('ERR_CARAPACE_BUDGET_RATE');
  });
});

describe('approval', () => {
  it('denies a tool that wants approval when nobody is there to give it', async () => {
    await using runtime = await createRuntime({ spares: 0 });
    await using skill = await runtime.load(GUARDED);
    expect((await skill.call('attack', {})).code).toBe('ERR_CARAPACE_PERMISSION_DENIED');
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('no'))],
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['answers something that is not true', () => Promise.resolve(JSON.parse('"yes"'))],
  ])('denies when the callback %s', async (_name, approve) => {
    await using runtime = await createRuntime({ spares: 0, approve });
    await using skill = await runtime.load(GUARDED);
    expect((await skill.call('attack', {})).code).toBe('ERR_CARAPACE_PERMISSION_DENIED');
  });

  it('runs exactly what was approved', async () => {
    const asked: string[] = [];
    await using runtime = await createRuntime({
      spares: 0,
      approve: ({ inputJson }) => Promise.resolve(asked.push(inputJson) > 0),
    });
    await using skill = await runtime.load(GUARDED);
    expect((await skill.call('attack', { b: 1 })).isError).toBe(false);
    expect(asked).toEqual(['{"b":1}']);
  });

  it.each([
    ['once', ['no', 'yes']],
    ['always', ['no', 'yes', 'yes']],
  ] as const)('asks for a tool of approval "%s" until it is given, and then as the word says', async (word, given) => {
    const asked: string[] = [];
    await using runtime = await createRuntime({
      spares: 0,
      approve: () => {
        asked.push(asked.length === 0 ? 'no' : 'yes');
        return Promise.resolve(asked.length > 1);
      },
    });
    await using skill = await runtime.load(guarded(word));
    const codes: unknown[] = [];
    for (let call = 0; call < 3; call += 1) codes.push((await skill.call('attack', {})).code);
    expect(codes).toEqual(['ERR_CARAPACE_PERMISSION_DENIED', undefined, undefined]);
    expect(asked).toEqual(given);
  });

  it('asks again for a skill that is loaded again', async () => {
    let asked = 0;
    await using runtime = await createRuntime({
      spares: 0,
      approve: () => {
        asked += 1;
        return Promise.resolve(true);
      },
    });
    for (let load = 0; load < 2; load += 1) {
      await using skill = await runtime.load(guarded('once'));
      expect((await skill.call('attack', {})).isError).toBe(false);
    }
    expect(asked).toBe(2);
  });
});

describe('audit', () => {
  it('rejects the call and performs nothing when the sink fails', async () => {
    let broken = false;
    const sink = {
      record: (_event: AuditEvent): void => {
        if (broken) throw new Error('disk full');
      },
    };
    const runtime = await createRuntime({ spares: 1, audit: sink });
    const skill = await runtime.load(HELLO);
    broken = true;
    await expect(skill.call('attack', {})).rejects.toMatchObject({ code: 'ERR_CARAPACE_AUDIT_WRITE' });
    expect(runtime.stats().spares).toBe(1);
    await expect(runtime.close()).rejects.toMatchObject({ code: 'ERR_CARAPACE_AUDIT_WRITE' });
    expect(childProcesses()).toEqual([]);
  });

  it('records one gap-free story of a call', async () => {
    const audit = createMemorySink();
    await using runtime = await createRuntime({ spares: 1, audit });
    await using skill = await runtime.load(HELLO);
    const result = await skill.call('attack', {}, { callId: 'c1' });
    expect(audit.events({ call: 'c1' }).map(({ kind }) => kind)).toEqual(['call-start', 'worker-killed', 'call-end']);
    expect(audit.events({ call: 'c1', kind: 'call-end' })).toMatchObject([
      { outcome: 'ok', receipt: result.receiptId },
    ]);
    expect(audit.events().map(({ seq }) => seq)).toEqual(audit.events().map((_, index) => index));
  });
});

describe('closing', () => {
  const NAPS = inlineSkill({
    name: 'naps',
    tools: { nap: {} },
    bundle: `export default { tools: { nap: { run: ({ ms }) => new Promise((resolve) => setTimeout(() => resolve('rested'), ms)) } } };`,
  });

  it('lets calls end within their grace and refuses new ones meanwhile', async () => {
    const runtime = await createRuntime({ spares: 1 });
    const skill = await runtime.load(NAPS);
    const call = skill.call('nap', { ms: 200 });
    const closing = runtime.close({ graceMs: 10_000 });
    await expect(skill.call('nap', { ms: 1 })).rejects.toMatchObject({ code: 'ERR_CARAPACE_RUNTIME_CLOSED' });
    await expect(runtime.load(NAPS)).rejects.toMatchObject({ code: 'ERR_CARAPACE_RUNTIME_CLOSED' });
    expect((await call).structured).toBe('rested');
    await closing;
    expect(childProcesses()).toEqual([]);
  });

  it.each([{ graceMs: 50 }, {}])('aborts what has not ended by then: %j', async (options) => {
    const runtime = await createRuntime({ spares: 1 });
    const skill = await runtime.load(NAPS);
    const call = skill.call('nap', { ms: 9_000 });
    await vi.waitFor(() => expect(runtime.stats().busy).toBe(1));
    await runtime.close(options);
    expect((await call).code).toBe('ERR_CARAPACE_CALL_ABORTED');
    expect(childProcesses()).toEqual([]);
  });
});

describe('a handle that is closed while the approval of a call is asked for', () => {
  it('does not run the call', async () => {
    const agree = Promise.withResolvers<boolean>();
    const audit = createMemorySink();
    await using runtime = await createRuntime({ spares: 1, audit, approve: () => agree.promise });
    const skill = await runtime.load(GUARDED);
    const call = skill.call('attack', {}, { callId: 'late' });
    const closing = skill.close({ graceMs: 1 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    agree.resolve(true);
    expect((await call).code).toBe('ERR_CARAPACE_PERMISSION_DENIED');
    await closing;
    expect(audit.events({ call: 'late', kind: 'call-start' })).toEqual([]);
  });
});

describe('a skill whose worker keeps ending badly', () => {
  const CRASHES = inlineSkill({
    name: 'crashes',
    isolation: 'session',
    tools: { wait: {}, hello: { limits: { concurrency: 1 } } },
    bundle: `export default { tools: {
      wait: { run: () => new Promise((resolve) => setTimeout(resolve, 20_000)) },
      hello: { run: () => new Promise((resolve) => setTimeout(resolve, 50)) },
    } };`,
  });

  it('is suspended for the tenant whose calls did it, and for no other', async () => {
    await using runtime = await createRuntime({ spares: 0, maxSpares: 0, maxWorkers: 1 });
    await using skill = await runtime.load(CRASHES);
    for (let crash = 0; crash < 5; crash += 1) {
      const call = skill.call('wait', {}, { tenant: 'a' });
      await vi.waitFor(() => expect(runtime.stats().busy).toBe(1), { timeout: 10_000 });
      for (const pid of childProcesses()) process.kill(pid, 'SIGKILL');
      expect((await call).code).toBe('ERR_CARAPACE_SKILL_CRASHED');
    }
    const suspended = await skill.call('hello', {}, { tenant: 'a' });
    expect(suspended.code).toBe('ERR_CARAPACE_SKILL_SUSPENDED');
    expect(suspended.content[0]?.text).toMatch(/suspended for another 1 s/);
    expect((await skill.call('hello', {}, { tenant: 'b' })).code).toBeUndefined();
    expect(runtime.stats().calls).toEqual({ started: 6, succeeded: 1, failed: 6, rejected: 0 });
  });

  it('is held to the limits of each of its tools', async () => {
    await using runtime = await createRuntime({ spares: 1 });
    await using skill = await runtime.load(CRASHES);
    const [one, other] = await Promise.all([skill.call('hello', {}), skill.call('hello', {})]);
    expect([one.code, other.code]).toEqual([undefined, 'ERR_CARAPACE_BUDGET_CONCURRENCY']);
  });
});
