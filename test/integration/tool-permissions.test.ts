import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type InstalledSkill, parseManifest, parseSha256 } from '@carapace/manifest';
import { createMemorySink, createRuntime, type MemorySink, type Runtime, type SkillHandle } from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const BUNDLE = `import { readFile } from 'node:fs/promises';
const run = async ({ path }) => await readFile(path, 'utf8').catch((error) => error.carapaceCode);
export default { tools: { all: { run }, notes: { run }, none: { run } } };`;

const READ = { description: 'Reads', input: { type: 'object' }, annotations: { readOnly: true } } as const;

/** Two mounts; one tool with all of them, one with one, one with none. */
function reader(): InstalledSkill {
  const mount = (name: string): object => ({ mount: name, path: `~/${name}`, access: ['read'] });
  const manifest = parseManifest({
    manifestVersion: 1,
    name: 'reader',
    version: '1.0.0',
    description: 'Reads files',
    main: 'dist/skill.js',
    tools: { all: READ, notes: { ...READ, permissions: ['fs:notes'] }, none: { ...READ, permissions: [] } },
    permissions: { fs: [mount('notes'), mount('letters')] },
  });
  const digest = parseSha256(`sha256-${createHash('sha256').update(BUNDLE).digest('hex')}`);
  return { manifest, digest, bundle: BUNDLE, origin: 'unsigned-local' };
}

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
    skill = await runtime.load(reader(), { permissions: 'declared', mounts: { notes: folder, letters: folder } });
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
