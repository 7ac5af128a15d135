/**
 * Checks the packages as a user gets them: what they contain, how they resolve, how large they are, and that a consumer
 * outside the repository compiles and runs on them. Reads dist: build first.
 */
import { cp, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copySkill, installPacked, type PackedPackage } from './package-checks/pack.ts';
import { sizeFaults } from './package-checks/size-ceilings.ts';
import { ROOT, runTool } from './run-tool.ts';

const PACKAGES = ['manifest', 'runtime', 'cli'];

async function toolFaults(tool: string, args: readonly string[], cwd: string): Promise<readonly string[]> {
  const { exitCode, output } = await runTool(tool, args, { cwd, output: 'keep' });
  return exitCode === 0 ? [] : [`Cannot accept the result of "${tool}": it ended with ${exitCode}\n${output}`];
}

async function lintFaults(name: string): Promise<readonly string[]> {
  const folder = join(ROOT, 'packages', name);
  return [
    ...(await toolFaults('publint', ['--strict'], folder)),
    ...(await toolFaults('attw', ['--pack', '--profile', 'esm-only', '--no-emoji'], folder)),
  ];
}

/** What people read before they install, and what the licence asks for. */
const NEEDED = ['LICENSE', 'README.md'];

/** Tests and fixtures hold attack code; none of it may be in what people install. */
function contentFaults({ name, files }: PackedPackage): readonly string[] {
  const surplus = files.filter((path) => /\.test\.|(^|\/)(?:fixtures|test|temp)\/|\.tsbuildinfo$/.test(path));
  const missing = NEEDED.filter((path) => !files.includes(path));
  return [
    ...surplus.map((path) => `Cannot publish "${name}": its archive holds "${path}"`),
    ...missing.map((path) => `Cannot publish "${name}": its archive lacks "${path}"`),
  ];
}

async function consumerFaults(): Promise<readonly string[]> {
  const consumer = await mkdtemp(join(tmpdir(), 'carapace-consumer-'));
  try {
    const packed: PackedPackage[] = [];
    for (const name of PACKAGES) packed.push(await installPacked(name, consumer));
    await copySkill('text-stats', consumer);
    await symlinkTypes(consumer);
    await cp(join(ROOT, 'scripts/package-checks/consumer.ts'), join(consumer, 'consumer.ts'));
    await writeFile(join(consumer, 'package.json'), '{ "type": "module", "private": true }');
    const flags = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--lib',
      'es2024,esnext.disposable',
    ];
    return [
      ...packed.flatMap(contentFaults),
      ...(await toolFaults('tsc', [...flags, '--types', 'node', 'consumer.ts'], consumer)),
      ...(await toolFaults('node', ['consumer.ts'], consumer)),
    ];
  } finally {
    await rm(consumer, { recursive: true });
  }
}

/** Types that every TypeScript user of Node has. */
async function symlinkTypes(consumer: string): Promise<void> {
  const types = join(ROOT, 'node_modules/@types');
  const names = await readdir(types);
  if (!names.includes('node')) throw new Error('Cannot compile a consumer: @types/node is not installed');
  await symlink(types, join(consumer, 'node_modules/@types'));
}

const faults = [
  ...(await sizeFaults()),
  ...(await Promise.all(PACKAGES.map(lintFaults))).flat(),
  ...(await consumerFaults()),
];
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stdout.write(`packages: ${PACKAGES.length} checked, ${faults.length} faults\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
