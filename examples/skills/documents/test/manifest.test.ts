import { readFile } from 'node:fs/promises';
import {
  compileToolSchema,
  type JsonSchema,
  parseManifestText,
  parseSkillMarkdown,
  type SchemaIssue,
} from '@carapace/manifest';
import { describe, expect, it } from 'vitest';
import type { Folder } from '../src/folder/folder.ts';
import { listDocuments } from '../src/list.ts';
import { readDocument } from '../src/read.ts';
import { searchDocuments } from '../src/search.ts';
import skill from '../src/skill.ts';
import { demoFolder } from './demo-folder.ts';
import { memoryFolder } from './memory-folder.ts';

const read = (file: string): Promise<string> => readFile(new URL(`../${file}`, import.meta.url), 'utf8');
const manifest = parseManifestText(await read('skill.json'));
const running = new AbortController().signal;
const time = { signal: running, isLate: () => false };

function schemaOf(tool: string, side: 'input' | 'output'): JsonSchema {
  for (const [name, definition] of manifest.tools) {
    const schema = definition[side];
    if (name === tool && schema !== undefined) {
      return schema;
    }
  }
  throw new Error(`skill.json has no ${side} schema for "${tool}"`);
}

const check = (tool: string, side: 'input' | 'output', value: unknown): readonly SchemaIssue[] =>
  compileToolSchema(schemaOf(tool, side), tool).check(value);

const brokenFolder: Folder = memoryFolder({
  'a.pdf': 'broken',
  'b.md': 'needle\n\n'.repeat(30),
  'c.txt': { fails: 'EACCES' },
  'd.csv': '',
});

describe('the manifest of documents', () => {
  it('names the tools of the code', () => {
    expect([...manifest.tools.keys()].sort()).toEqual(Object.keys(skill.tools).sort());
  });

  it('asks to read and list one folder, less its private part, and for nothing else', () => {
    const { fs, ...others } = manifest.permissions;

    expect(fs).toMatchObject([{ mount: 'docs', access: ['read', 'list'], except: ['private/**'] }]);
    expect(others).toEqual({ net: [], secrets: [], jit: false });
  });

  it.each([
    ['the demo files', demoFolder, 'reports/annual-report-2025.pdf'],
    ['files with problems', brokenFolder, 'b.md'],
  ])('describes what the tools answer about %s', async (_name, folder, file) => {
    expect(check('list', 'output', await listDocuments(folder, {}, running))).toEqual([]);
    expect(check('search', 'output', await searchDocuments(folder, { query: 'needle' }, time))).toEqual([]);
    expect(check('search', 'output', await searchDocuments(folder, { query: 'saw' }, time))).toEqual([]);
    expect(check('read', 'output', await readDocument(folder, { file }, running))).toEqual([]);
  });

  it('describes the answer about an empty file', async () => {
    expect(check('read', 'output', await readDocument(brokenFolder, { file: 'd.csv' }, running))).toEqual([]);
  });

  it.each([
    ['list', {}, 0],
    ['list', { folder: 'meetings', kinds: ['csv'] }, 0],
    ['list', { kinds: ['exe'] }, 1],
    ['search', { query: 'saw', in: 'notes', limit: 5, perFile: 1 }, 0],
    ['search', {}, 1],
    ['search', { query: 'saw', limit: 101 }, 1],
    ['read', { file: 'a.md', from: 1, to: 2 }, 0],
    ['read', { file: 'a.md', from: 0 }, 1],
    ['read', { file: 'a.md', encoding: 'utf8' }, 1],
  ])('checks the input of %s: %j', (tool, input, issues) => {
    expect(check(tool, 'input', input)).toHaveLength(issues);
  });

  it('comes with a SKILL.md that agents can list', async () => {
    const { frontmatter } = parseSkillMarkdown(await read('SKILL.md'), 'documents');

    expect(frontmatter).toMatchObject({ name: 'documents', license: manifest.license, metadata: { carapace: '1' } });
  });
});
