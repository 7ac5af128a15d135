import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plant } from './planted.ts';

export const REPOSITORY: string = fileURLToPath(new URL('../..', import.meta.url));

const CONFIGURATION = [
  '.dependency-cruiser.cjs',
  '.gitignore',
  '.oxlintrc.json',
  'biome.jsonc',
  'knip.jsonc',
  'package.json',
  'scripts/lint-rules',
  'tsconfig.base.json',
  ...['manifest', 'runtime'].flatMap((name) =>
    ['package.json', 'tsconfig.json', 'tsup.config.ts'].map((file) => `packages/${name}/${file}`),
  ),
];

export interface WorkspaceCopy extends AsyncDisposable {
  readonly root: string;
}

/** A folder with the repository's configuration and other people's mistakes. */
export async function copyWorkspace(files: readonly Pick<Plant, 'path' | 'text'>[]): Promise<WorkspaceCopy> {
  const root = await mkdtemp(join(tmpdir(), 'carapace-house-rules-'));
  for (const path of CONFIGURATION) await cp(join(REPOSITORY, path), join(root, path), { recursive: true });
  await symlink(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  for (const { path, text } of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true }) };
}
