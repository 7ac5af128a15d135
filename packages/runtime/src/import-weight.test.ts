import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);

/** Imports modules in a process of its own and prints the address of everything that was loaded for them. */
const PROGRAM = `import { registerHooks } from 'node:module';
const loaded = [];
registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
for (const specifier of process.argv.slice(1)) await import(specifier);
process.stdout.write(JSON.stringify(loaded));`;

async function packagesLoadedBy(path: string): Promise<readonly string[]> {
  const flags = ['--conditions=carapace-source', '--input-type=module', '-e', PROGRAM];
  const { stdout } = await run(process.execPath, [...flags, new URL(path, import.meta.url).href]);
  const loaded: readonly string[] = JSON.parse(stdout);
  expect(loaded.length).toBeGreaterThan(1);
  const names = loaded.map((url) => /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]);
  return [...new Set(names.flatMap((name) => name ?? []))].toSorted();
}

describe('importing the runtime', () => {
  it('loads no library: values come from @carapace/manifest/base, parsers and native code when they are needed', async () => {
    expect(await packagesLoadedBy('./index.ts')).toEqual([]);
  });

  it('leaves parsers and the schema compiler to what loads a skill', async () => {
    expect(await packagesLoadedBy('./load/prepare-skill.ts')).toEqual(
      expect.arrayContaining(['ajv', 're2js', 'semver', 'tldts', 'yaml']),
    );
  });
});
