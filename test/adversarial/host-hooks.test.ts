import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Approve,
  type AuditEvent,
  AuditFailure,
  type AuditKind,
  createMemorySink,
  createRuntime,
} from '@carapace/runtime';
import { afterAll, describe, expect, it } from 'vitest';
import { inlineSkill } from '../inline-skill.ts';
import { withFs } from './corpus/bait.ts';
import { childProcesses, grantOf, skillOf } from './sandbox.ts';
import { callOptions, underVariant } from './variant.ts';

const docs = mkdtempSync(join(tmpdir(), 'carapace-hooks-'));
writeFileSync(join(docs, 'a.txt'), 'text');
afterAll(() => rmSync(docs, { recursive: true }));

const WORKER = {
  id: 'IP-155',
  title: 'worker',
  docs,
  module: withFs("console.log('on record'); await fs.readFile('/docs/a.txt'); for (;;);"),
  limits: { wallMs: 1_000 },
};

describe('IP-155 a sink of the host that fails', () => {
  it.each(['call-start', 'log', 'broker-decision', 'budget-spent', 'worker-killed', 'call-end'] satisfies AuditKind[])(
    'at "%s" rejects the call with a failure of the host, and the worker is dead',
    async (kind) => {
      const seen: AuditKind[] = [];
      const record = (event: AuditEvent): void => {
        seen.push(event.kind);
        if (event.kind === kind) throw new Error('the disk is full');
      };
      const runtime = await createRuntime(underVariant({ spares: 1, audit: { record } }));
      const skill = await runtime.load(skillOf(WORKER), grantOf(WORKER));
      await expect(skill.call('attack', {}, callOptions())).rejects.toBeInstanceOf(AuditFailure);
      // Once broken, the trail is broken: nothing is done any more that could not be recorded.
      await expect(skill.call('attack', {}, callOptions())).rejects.toBeInstanceOf(AuditFailure);
      expect(seen.at(-1)).toBe(kind);
      await expect(runtime.close()).rejects.toBeInstanceOf(AuditFailure);
      expect(childProcesses()).toEqual([]);
    },
  );

  it('by answering with a promise is refused: its failure would come when the effect has long happened', async () => {
    const sink = { record: (): unknown => Promise.resolve() };
    const starting = createRuntime(underVariant({ spares: 0, audit: sink }));
    await expect(starting).rejects.toBeInstanceOf(AuditFailure);
    expect(childProcesses()).toEqual([]);
  });
});

describe('IP-155 an approval of the host that', () => {
  const asked = inlineSkill({
    name: 'asked',
    bundle: "export default { tools: { attack: { run: () => 'ran' } } };",
    tools: { attack: { approval: 'always' } },
  });

  it.each<readonly [string, Approve]>([
    [
      'throws',
      () => {
        throw new Error('no terminal');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no terminal'))],
    ['never answers', () => new Promise(() => undefined)],
  ])('%s denies, and no worker is lent', async (_title, approve) => {
    const audit = createMemorySink();
    await using runtime = await createRuntime(underVariant({ spares: 0, audit, approve }));
    await using skill = await runtime.load(asked);
    // Silence is cut off by the caller here; without a caller it is after two minutes.
    const result = await skill.call('attack', {}, { ...callOptions(), signal: AbortSignal.timeout(200) });
    expect(result.code).toBe('ERR_CARAPACE_PERMISSION_DENIED');
    expect(audit.events({ kind: 'worker-killed' })).toEqual([]);
    expect(childProcesses()).toEqual([]);
  });
});
