import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemorySink, createRuntime, type MemorySink, type Runtime, type SkillHandle } from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inlineSkill } from '../inline-skill.ts';

const BUNDLE = `import { readFile } from 'node:fs/promises';
const run = async ({ path }) => await readFile(path, 'utf8').catch((error) => error.carapaceCode);
export default { tools: { all: { run }, notes: { run }, none: { run } } };`;

/** Two mounts; one tool with all of them, one with one, one with none. */
const READER = inlineSkill({
  name: 'reader',
  bundle: BUNDLE,
  tools: { all: {}, notes: { permissions: ['fs:notes'] }, none: { permissions: [] } },
  permissions: { fs: ['notes', 'letters'].map((name) => ({ mount: name, path: `~/${name}`, access: ['read'] })) },
});

describe('a tool that narrows its permissions', () => {
  let folder: string;
  let audit: MemorySink;
  let runtime: Runtime;
  let skill: SkillHandle;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'carapace-tools-'));
    writeFileSync(join(folder, 'a.txt'), 'content');
    audit = createMemorySink();
    runtime = await createRuntime({ spares: 1, audit });
    skill = await runtime.load(READER, { permissions: 'declared', mounts: { notes: folder, letters: folder } });
  });

  afterAll(async () => {
    await runtime.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['all', '/notes/a.txt', 'content'],
    ['all', '/letters/a.txt', 'content'],
    ['notes', '/notes/a.txt', 'content'],
    ['notes', '/letters/a.txt', 'ERR_CARAPACE_PERMISSION_FS_SCOPE'],
    ['none', '/notes/a.txt', 'ERR_CARAPACE_PERMISSION_FS_SCOPE'],
  ])('%s reads %s: %s', async (tool, path, answer) => {
    const { structured, provenance } = await skill.call(tool, { path });
    expect(structured).toBe(answer);
    const decision = answer === 'content' ? 'allow' : 'deny';
    expect(audit.events({ call: provenance.callId, kind: 'broker-decision' })).toMatchObject([
      { target: path, decision },
    ]);
  });
});
