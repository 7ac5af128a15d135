/**
 * Bundles every skill of the repository to the one ES module that a skill package holds.
 *
 *     node scripts/build-skills.ts [skill …]
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type OutputFile, type Plugin } from 'esbuild';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

interface SkillGroup {
  readonly folder: string;
  /** What a bundle may import. A hostile skill may try anything: refusing it is the guest platform's task. */
  readonly imports: { readonly kind: 'only'; readonly names: readonly string[] } | { readonly kind: 'any' };
}

const GROUPS: readonly SkillGroup[] = [
  { folder: 'examples/skills', imports: { kind: 'only', names: ['node:fs/promises'] } },
  { folder: 'test/adversarial/skills', imports: { kind: 'any' } },
];

export interface SkillSource {
  readonly name: string;
  readonly folder: string;
  readonly imports: SkillGroup['imports'];
}

export interface BuiltSkill {
  readonly name: string;
  readonly bytes: number;
}

/** Finds the folders that have a `src/skill.ts`. A group whose folder does not exist is empty. */
export async function findSkills(root: string = ROOT): Promise<readonly SkillSource[]> {
  const found: SkillSource[] = [];
  for (const { folder, imports } of GROUPS) {
    for (const name of await namesIn(join(root, folder))) {
      const files = await namesIn(join(root, folder, name, 'src'));
      if (files.includes('skill.ts')) {
        found.push({ name, folder: join(root, folder, name), imports });
      }
    }
  }
  return found;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return [];
    }
    throw error;
  }
}

/** Bundles up to this size stay readable, so that a reviewer can compare what is published with its source. */
const READABLE_BYTES = 64 * 1024;

/**
 * Bundles one skill to `dist/skill.js`, with its source map beside it.
 *
 * @param target Folder to write to; `dist` in the skill's folder when left out.
 * @throws Error when the bundle would import something that the guest platform does not have.
 */
export async function buildSkill(skill: SkillSource, target: string = join(skill.folder, 'dist')): Promise<BuiltSkill> {
  const outfile = join(target, 'skill.js');
  const minified = await bundle(skill, { outfile, minifySyntax: true, minifyWhitespace: true });
  const { files, bytes } = minified.bytes > READABLE_BYTES ? minified : await bundle(skill, { outfile });
  await mkdir(target, { recursive: true });
  await Promise.all(files.map(({ path, contents }) => writeFile(path, contents)));
  return { name: skill.name, bytes };
}

interface Bundle {
  readonly files: readonly OutputFile[];
  readonly bytes: number;
}

/** Bundles in memory, so that a refused bundle never lies where a skill is loaded from. */
async function bundle(skill: SkillSource, options: BuildOptions): Promise<Bundle> {
  const { metafile, outputFiles } = await build({ ...optionsFor(skill), ...options, metafile: true, write: false });
  const output = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint !== undefined);
  if (output === undefined) {
    throw new Error(`Cannot build "${skill.name}": esbuild made no bundle`);
  }
  refuseForeignImports(skill, output.imports);
  return { files: outputFiles, bytes: output.bytes };
}

function refuseForeignImports({ name, imports }: SkillSource, found: readonly { path: string }[]): void {
  if (imports.kind === 'any') {
    return;
  }
  const foreign = found.filter(({ path }) => !imports.names.includes(path));
  if (foreign.length > 0) {
    const names = foreign.map(({ path }) => `"${path}"`).join(', ');
    throw new Error(`Cannot build "${name}": it imports ${names}, which skills do not have`);
  }
}

/** A map of one entry: what comes from the library maps to its name. */
const UNMAPPED = Buffer.from('{"version":3,"sources":["library"],"mappings":"AAAA"}').toString('base64');

/**
 * Leaves libraries out of the source map. Theirs would be a hundred times the size of the skill's own, and the worker
 * reads the whole map, slowly, for every stack trace it shows.
 */
const unmappedLibraries: Plugin = {
  name: 'unmapped-libraries',
  setup(bundler) {
    // The filter is a Go expression: no flags.
    bundler.onLoad({ filter: /[\\/]node_modules[\\/].*\.m?js$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8');
      return { contents: `${code}\n//# sourceMappingURL=data:application/json;base64,${UNMAPPED}`, loader: 'js' };
    });
  },
};

function optionsFor(skill: SkillSource): BuildOptions {
  return {
    absWorkingDir: skill.folder,
    entryPoints: ['src/skill.ts'],
    bundle: true,
    format: 'esm',
    // No platform: neither browser nor Node substitutes may slip in.
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['carapace-source'],
    target: 'es2024',
    charset: 'utf8',
    external: ['node:*', 'fs/promises'],
    legalComments: 'eof',
    sourcemap: 'external',
    sourcesContent: false,
    plugins: [unmappedLibraries],
    logLevel: 'warning',
  };
}

if (import.meta.main) {
  const wanted = process.argv.slice(2);
  const skills = (await findSkills()).filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const unknown = wanted.filter((name) => !skills.some((skill) => skill.name === name));
  if (unknown.length > 0) {
    process.stderr.write(`Cannot build "${unknown.join('", "')}": no such skill\n`);
    process.exitCode = 2;
  }
  for (const built of await Promise.all(skills.map((skill) => buildSkill(skill)))) {
    process.stderr.write(`${built.name.padEnd(24)} ${String(Math.ceil(built.bytes / 1024)).padStart(6)} KiB\n`);
  }
}
