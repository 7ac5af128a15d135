import { fileURLToPath } from 'node:url';
import { createMemorySink, createRuntime, type MemorySink, type Runtime, type SkillHandle } from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inlineSkill } from '../inline-skill.ts';

const DOCUMENTS = fileURLToPath(new URL('../../examples/skills/documents', import.meta.url));
const TEXT_STATS = fileURLToPath(new URL('../../examples/skills/text-stats', import.meta.url));
const FILES = fileURLToPath(new URL('../../examples/files', import.meta.url));
/** Stands in examples/files/private, which the manifest excepts. */
const CANARY = 'CANARY-7f3e9c21-harbour-lane-members';

let runtime: Runtime;
let audit: MemorySink;
let documents: SkillHandle;

beforeAll(async () => {
  audit = createMemorySink();
  runtime = await createRuntime({ audit, spares: 2 });
  documents = await runtime.load(DOCUMENTS, { permissions: 'declared', mounts: { docs: FILES } });
});

afterAll(() => runtime.close());

describe('a real skill on real files', () => {
  it('lists what the grant covers and nothing of the excepted folder', async () => {
    const result = await documents.call('list', {});
    expect(result.isError).toBe(false);
    const text = JSON.stringify(result.structured);
    expect(text).toContain('reports/annual-report-2025.pdf');
    expect(text).not.toContain('members');
  });

  it('finds hits in Markdown, CSV, text and PDF with file and place', async () => {
    const result = await documents.call('search', { query: 'table saw' });
    expect(result.isError).toBe(false);
    const text = JSON.stringify(result.structured);
    for (const kind of ['markdown', 'csv', 'text', 'pdf']) expect(text).toContain(`"kind":"${kind}"`);
    expect(text).toContain('"page":3');
    expect(result.provenance.mounts).toEqual(['docs']);
    expect(result.taint).toEqual(['fs:docs', 'skill:documents']);
  });

  it('reads a page of the PDF', async () => {
    const result = await documents.call('read', { file: 'reports/annual-report-2025.pdf', from: 1, to: 1 });
    expect(JSON.stringify(result.structured)).toContain('Harbour Lane Tool Library');
  });

  it('cannot read the excepted folder, and the audit trail says which rule refused', async () => {
    const result = await documents.call('read', { file: 'private/members.md' }, { callId: 'excepted' });
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result)).not.toContain(CANARY);
    const denials = audit
      .events({ call: 'excepted', kind: 'broker-decision' })
      .filter((event) => 'decision' in event && event.decision === 'deny');
    expect(denials).toMatchObject([
      { target: '/docs/private/members.md', code: 'ERR_CARAPACE_PERMISSION_FS_SCOPE', rule: 'path-not-matched' },
    ]);
  });

  it('answers a tool_use with a tool_result block of the same id', async () => {
    const block = (await documents.call('list', {}, { callId: 'toolu_01ABC' })).toAnthropic();
    expect(block).toMatchObject({ type: 'tool_result', tool_use_id: 'toolu_01ABC', is_error: false });
    expect(block.content[0]?.text).toMatch(/trust=untrusted, skill=documents@1\.0\.0/);
  });

  it('refuses input that the tool’s schema refuses, before anything runs', async () => {
    const result = await documents.call('search', { query: 42 });
    expect(result.code).toBe('ERR_CARAPACE_SKILL_BAD_INPUT');
    expect(result.content[0]?.text).toMatch(/\/query/);
    expect(result.usage.wallMs).toBe(0);
  });

  it('refuses an unknown tool, an inherited name included', async () => {
    expect((await documents.call('erase', {})).code).toBe('ERR_CARAPACE_SKILL_TOOL_UNKNOWN');
    expect((await documents.call('constructor', {})).code).toBe('ERR_CARAPACE_SKILL_TOOL_UNKNOWN');
  });
});

describe('grants', () => {
  it('gives nothing without a grant: the module is not even there', async () => {
    await using bare = await runtime.load(DOCUMENTS);
    const result = await bare.call('list', {});
    expect(result.isError).toBe(true);
    expect(result.provenance.mounts).toEqual([]);
    expect(JSON.stringify(result)).not.toContain('annual-report');
  });

  it('runs a skill that needs nothing without any grant', async () => {
    await using stats = await runtime.load(TEXT_STATS);
    const result = await stats.call('count', { text: 'One two. Three!' });
    expect(result.structured).toMatchObject({ words: 3, sentences: 2 });
  });

  it('refuses a skill that was written for another carapace', async () => {
    const now = inlineSkill({ name: 'future', bundle: '', tools: { go: {} } });
    const future = { ...now, manifest: { ...now.manifest, engines: { carapace: '^9.0.0' } } };
    await expect(runtime.load(future)).rejects.toMatchObject({
      code: 'ERR_CARAPACE_RUNTIME_LOAD',
      message: expect.stringMatching(/it needs carapace \^9\.0\.0, this is \d/),
    });
  });

  it('refuses a mount that the manifest does not declare', async () => {
    await expect(runtime.load(DOCUMENTS, { permissions: 'declared', mounts: { home: '/tmp' } })).rejects.toMatchObject({
      code: 'ERR_CARAPACE_RUNTIME_GRANT',
    });
  });

  it.each(['/', '/etc', '/root/.ssh', '/proc'])(
    'refuses the sensitive directory %s without its named override',
    async (path) => {
      await expect(runtime.load(DOCUMENTS, { permissions: 'declared', mounts: { docs: path } })).rejects.toMatchObject({
        code: 'ERR_CARAPACE_RUNTIME_GRANT',
      });
    },
  );

  it('stamps a named override on the result', async () => {
    await using handle = await runtime.load(DOCUMENTS, {
      permissions: 'declared',
      mounts: { docs: '/etc' },
      allowSensitive: ['docs'],
    });
    const result = await handle.call('list', {});
    expect(result.provenance.protection.overrides).toHaveLength(1);
  });
});
