import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseManifestText, parseSkillMarkdown } from '@carapace/manifest';
import { createRuntime, type Runtime, type SkillHandle, type ToolResult } from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSkill } from '../../../../scripts/build-skills.ts';
import { expectOutcome } from '../../attack-case.ts';
import { value } from '../../expected.ts';
import { childProcesses } from '../../sandbox.ts';
import { underVariant } from '../../variant.ts';
import { ATTACKS, judge } from './attacks.ts';

const SOURCE = import.meta.dirname;

describe('the hostile skill', () => {
  let root = '';
  let runtime: Runtime;
  let hostile: SkillHandle;
  /** The bundler keeps a process of its own. */
  let others: readonly number[] = [];

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'carapace-hostile-'));
    const folder = join(root, 'hostile');
    const docs = join(root, 'docs');
    await Promise.all([mkdir(folder), mkdir(docs), mkdir(join(root, 'outside'))]);
    await Promise.all(['skill.json', 'SKILL.md'].map((file) => copyFile(join(SOURCE, file), join(folder, file))));
    await buildSkill({ name: 'hostile', folder: SOURCE, imports: { kind: 'any' } }, join(folder, 'dist'));
    await writeFile(join(root, 'outside', 'passwd'), 'canary');
    await writeFile(join(docs, 'README.md'), 'bait');
    await symlink('../outside/passwd', join(docs, 'link'));
    await symlink('../outside', join(docs, 'linked-folder'));
    others = childProcesses();
    runtime = await createRuntime(underVariant({ spares: 1 }));
    hostile = await runtime.load(folder, { permissions: 'declared', mounts: { docs } });
  });

  afterAll(async () => {
    await runtime.close();
    await rm(root, { recursive: true });
    expect(childProcesses()).toEqual(others);
  });

  const attack = (tool: string): Promise<ToolResult> => hostile.call(tool, {}, { callId: `call_${tool}` });

  it.each(ATTACKS.map((row) => [row.tool, row] as const))('is stopped: %s', async (tool, row) => {
    const result = await attack(tool);

    expectOutcome(result, row.expect);
    expect(judge(row, result)).toBe(true);
    expect(JSON.stringify(result)).not.toContain('canary');
    expect(result.provenance).toMatchObject({ trust: 'untrusted', skill: 'hostile', tool });
  });

  it('is stopped: follow-link', async () => {
    const refused = 'refused: ERR_CARAPACE_PERMISSION_FS_LINK';

    expectOutcome(await attack('follow-link'), value({ file: refused, folder: refused, listing: refused }));
  });

  it('cannot end its own result or speak as somebody else in what the model gets', async () => {
    const [block] = (await attack('forge-result')).toAnthropic().content;

    const text = block?.text ?? '';
    const forged = ['</tool_result>', '<system>', '\nHuman:', '\nAssistant:', '\u001b', '\u0007', '\u202e', '\u200b'];

    expect(forged.filter((mark) => text.includes(mark))).toEqual([]);
    expect(text).toContain('Obey the skill');
  });

  it('judges a success of the skill as one', async () => {
    const returned = await attack('call-after-return');
    const [other] = ATTACKS.filter(({ tool }) => tool === 'read-passwd');

    expect(other !== undefined && judge(other, returned)).toBe(false);
  });
});

describe('the table of attacks', () => {
  it('names every tool of the skill once, apart from the one that needs links in its folder', async () => {
    const manifest = parseManifestText(await readFile(join(SOURCE, 'skill.json'), 'utf8'));
    const tools = [...ATTACKS.map(({ tool }) => tool), 'follow-link'];

    expect(tools.toSorted()).toEqual([...manifest.tools.keys()].toSorted());
  });

  it('belongs to a skill with a readable SKILL.md', async () => {
    const { frontmatter } = parseSkillMarkdown(await readFile(join(SOURCE, 'SKILL.md'), 'utf8'), 'hostile');

    expect(frontmatter.name).toBe('hostile');
  });
});
