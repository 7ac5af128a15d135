import { readFile } from 'node:fs/promises';
import { compileToolSchema, type JsonSchema, parseManifestText, parseSkillMarkdown } from '@carapace/manifest';
import { describe, expect, it } from 'vitest';
import { countText } from '../src/count.ts';
import { judgeReadability } from '../src/readability.ts';
import skill from '../src/skill.ts';

const read = (file: string): Promise<string> => readFile(new URL(`../${file}`, import.meta.url), 'utf8');
const manifest = parseManifestText(await read('skill.json'));

function schemaOf(tool: string, side: 'input' | 'output'): JsonSchema {
  for (const [name, definition] of manifest.tools) {
    const schema = definition[side];
    if (name === tool && schema !== undefined) {
      return schema;
    }
  }
  throw new Error(`skill.json has no ${side} schema for "${tool}"`);
}

describe('the manifest of text-stats', () => {
  it('names the tools of the code', () => {
    expect([...manifest.tools.keys()].sort()).toEqual(Object.keys(skill.tools).sort());
  });

  it('asks for nothing', () => {
    expect(manifest.permissions).toEqual({ fs: [], net: [], secrets: [], jit: false });
  });

  it.each(['', 'Plain words.', '— …'])('describes what the tools answer to %j', (text) => {
    expect(compileToolSchema(schemaOf('count', 'output'), 'count').check(countText({ text }))).toEqual([]);
    expect(
      compileToolSchema(schemaOf('readability', 'output'), 'readability').check(judgeReadability({ text })),
    ).toEqual([]);
  });

  it.each([
    [{ text: 'x' }, 0],
    [{ text: 'x', top: 5, language: 'de-CH' }, 0],
    [{}, 1],
    [{ text: 1 }, 1],
    [{ text: 'x', language: '../x' }, 1],
  ])('checks the input %j', (input, issues) => {
    expect(compileToolSchema(schemaOf('count', 'input'), 'count').check(input)).toHaveLength(issues);
  });

  it('comes with a SKILL.md that agents can list', async () => {
    const { frontmatter } = parseSkillMarkdown(await read('SKILL.md'), 'text-stats');

    expect(frontmatter).toMatchObject({ name: 'text-stats', license: manifest.license, metadata: { carapace: '1' } });
  });
});
