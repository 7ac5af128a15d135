import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Bundles the skill of a library as its author would: for the web, because the builds of a library for Node want `Buffer` and
 * modules that a skill does not have.
 */
export async function bundleLibrary(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`skills/${name}.ts`, import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    conditions: ['carapace-source', 'worker'],
    target: 'es2024',
    external: ['node:*'],
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  return outputFiles[0]?.text ?? '';
}

/** The version that is installed. */
export async function versionOf(name: string): Promise<string> {
  const path = fileURLToPath(new URL(`../../../node_modules/${name}/package.json`, import.meta.url));
  const parsed: unknown = JSON.parse(await readFile(path, 'utf8'));
  const version = typeof parsed === 'object' && parsed !== null && 'version' in parsed ? parsed.version : undefined;
  if (typeof version !== 'string') throw new Error(`Cannot read version of "${name}": its package.json has none`);
  return version;
}
