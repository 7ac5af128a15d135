import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFaults } from '../../scripts/check-imports.ts';
import plugin from '../../scripts/lint-rules/plugin.ts';
import { type Findings, TOOLS } from './findings.ts';
import { ALLOWED, INNOCENT, PLANTS, type Plant } from './planted.ts';
import { copyWorkspace, REPOSITORY, type WorkspaceCopy } from './workspace-copy.ts';

const found = new Map<Plant['tool'], Findings>();
let copy: WorkspaceCopy;

beforeAll(async () => {
  const innocent = [...INNOCENT].map(([path, text]) => ({ path, text }));
  copy = await copyWorkspace([...innocent, ...PLANTS, ...ALLOWED]);
  for (const tool of ['oxlint', 'imports', 'biome', 'knip'] as const) found.set(tool, await TOOLS[tool](copy.root));
}, 120_000);
afterAll(() => copy[Symbol.asyncDispose]());

describe('house rules', () => {
  it.each(PLANTS)('$tool reports $rule in $path', ({ tool, rule, path }) => {
    expect(found.get(tool)).toContain(`${rule} ${path}`);
  });

  it.each(ALLOWED)('$tool does not report $rule in $path', ({ tool, rule, path }) => {
    expect(found.get(tool)).not.toContain(`${rule} ${path}`);
  });
});

describe('the planted violations', () => {
  const planted = new Set(PLANTS.map(({ rule }) => rule));

  it('cover every rule that .oxlintrc.json names', async () => {
    const text = await readFile(join(REPOSITORY, '.oxlintrc.json'), 'utf8');
    const { rules }: { rules: Record<string, unknown> } = JSON.parse(text.replaceAll(/^\s*\/\/.*$/gm, ''));
    const names = Object.keys(rules).map((name) => (name.includes('/') ? name : `eslint/${name}`));

    expect(names.map((name) => name.replace('/', '(').concat(')')).filter((rule) => !planted.has(rule))).toEqual([]);
  });

  it('cover every house rule', () => {
    const names = Object.keys(plugin.rules).map((name) => `carapace(${name})`);

    expect(names.filter((rule) => !planted.has(rule))).toEqual([]);
  });

  it('cover every import rule', async () => {
    const text = await readFile(join(REPOSITORY, '.dependency-cruiser.cjs'), 'utf8');
    const names = [...text.matchAll(/name: '([\w-]+)'/g)].map(([, name = '']) => name);

    expect(names).not.toEqual([]);
    expect(names.filter((rule) => !planted.has(rule))).toEqual([]);
  });
});

describe('importFaults', () => {
  it('does not pass a folder in which no import was read', async () => {
    await using empty = await copyWorkspace([{ path: 'packages/runtime/src/index.js', text: 'export {};\n' }]);

    expect(await importFaults(empty.root)).toContain(
      'Cannot check "packages": dependency-cruiser read no import of a TypeScript file there',
    );
  });
});
