import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mustRun, ROOT } from '../run-tool.ts';

interface PackageJson {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

export interface PackedPackage {
  readonly name: string;
  /** Paths inside the archive, without its `package/`. */
  readonly files: readonly string[];
  /** Where it was unpacked to. */
  readonly folder: string;
}

/**
 * Packs a package as npm would publish it and unpacks it in `<consumer>/node_modules`. Of the repository's modules only the
 * dependencies that the package declares are linked beside it, so one that is missing from its list is missing here too.
 */
export async function installPacked(packageName: string, consumer: string): Promise<PackedPackage> {
  const source = join(ROOT, 'packages', packageName);
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', consumer];
  const packed: unknown = JSON.parse(await mustRun('npm', args, { cwd: source, output: 'stdout' }));
  const archive = archiveOf(packed);
  const { name, dependencies = {} }: PackageJson = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'));
  const folder = join(consumer, 'node_modules', name);
  await mkdir(folder, { recursive: true });
  await mustRun('tar', ['-xzf', join(consumer, archive.filename), '-C', folder, '--strip-components=1'], {
    output: 'keep',
  });
  for (const dependency of Object.keys(dependencies)) await link(dependency, source, consumer);
  return { name, folder, files: archive.files.map(({ path }) => path) };
}

interface Archive {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** npm prints a list, or from version 12 on an object keyed by package name. */
function archiveOf(packed: unknown): Archive {
  const [archive]: readonly Archive[] = typeof packed === 'object' && packed !== null ? Object.values(packed) : [];
  if (archive === undefined) throw new Error('Cannot read what npm pack printed: it names no archive');
  return archive;
}

/** Our own packages are unpacked, not linked. A version that npm keeps beside the package comes before the shared one. */
async function link(dependency: string, source: string, consumer: string): Promise<void> {
  if (dependency.startsWith('@carapace/')) return;
  const path = join(consumer, 'node_modules', dependency);
  await mkdir(dirname(path), { recursive: true });
  const own = join(source, 'node_modules', dependency);
  const target = existsSync(own) ? own : join(ROOT, 'node_modules', dependency);
  await symlink(target, path).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
}

/** A skill as it is published: no source, no tests. */
export async function copySkill(name: string, consumer: string): Promise<void> {
  const source = join(ROOT, 'examples/skills', name);
  for (const part of ['skill.json', 'SKILL.md', 'dist/skill.js']) {
    await cp(join(source, part), join(consumer, name, part));
  }
}
