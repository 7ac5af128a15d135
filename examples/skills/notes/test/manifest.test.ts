import { narrowToTool } from '@carapace/manifest';
import { describe, expect, it } from 'vitest';
import { readSkillFolder } from '../../../testing/skill-folder.ts';
import skill from '../src/skill.ts';

const { manifest, frontmatter, check } = await readSkillFolder(new URL('../', import.meta.url));

describe('the manifest of notes', () => {
  it('names the tools of the code', () => {
    expect([...manifest.tools.keys()].sort()).toEqual(Object.keys(skill.tools).sort());
  });

  it('asks for Markdown files of one folder and for nothing else', () => {
    const { fs, ...others } = manifest.permissions;

    expect(fs.map(({ path, match }) => [path, match])).toEqual([
      ['~/notes', ['*.md']],
      ['~/notes', ['*.md']],
    ]);
    expect(others).toMatchObject({ net: [], secrets: [], jit: false });
  });

  it.each([
    ['list', ['list', 'read'], 'never'],
    ['search', ['list', 'read'], 'never'],
    ['read', ['list', 'read'], 'never'],
    ['add', ['create', 'delete', 'write'], 'once'],
    ['append', ['create', 'delete', 'list', 'read', 'write'], 'once'],
    ['remove', ['create', 'delete', 'write'], 'always'],
  ])('lets %s do no more than it needs, and asks a person before a change', (name, access, approval) => {
    const tool = [...manifest.tools].find(([declared]) => declared === name)?.[1];
    if (tool === undefined) throw new Error(`there is no tool "${name}"`);
    const { fs } = narrowToTool(manifest.permissions, tool);

    expect([...new Set(fs.flatMap((entry) => entry.access))].sort()).toEqual(access);
    expect(tool.approval).toBe(approval);
  });

  it.each([
    ['add', { title: 'Bread', text: 'Rye.' }, 0],
    ['add', { title: 'Bread\n# Other', text: 'Rye.' }, 1],
    ['add', { title: '', text: 'Rye.' }, 2],
    ['read', { note: 'bread.md' }, 0],
    ['read', { note: '../bread.md' }, 1],
    ['remove', { note: 'bread.txt' }, 1],
    ['search', { words: 'a' }, 1],
    ['list', {}, 0],
  ])('checks the input of %s: %j', (tool, input, issues) => {
    expect(check(tool, 'input', input)).toHaveLength(issues);
  });

  it('comes with a SKILL.md that agents can list', () => {
    expect(frontmatter).toMatchObject({ name: 'notes', license: manifest.license, metadata: { carapace: '1' } });
  });
});
