/**
 * Adds to package-lock.json the optional packages of other platforms that the registry did not serve when npm wrote it: npm
 * leaves them out, and `npm ci` then refuses the file on every machine. Their versions are pinned by the packages that ask
 * for them; an integrity hash cannot be known without the package, so npm adds it where it installs one.
 *
 *     node scripts/complete-lock-file.ts [--check]
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './run-tool.ts';

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface LockFile {
  readonly packages: Record<string, LockedPackage>;
}

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];
const C_LIBRARIES: ReadonlyMap<string, string> = new Map([
  ['gnu', 'glibc'],
  ['gnueabihf', 'glibc'],
  ['musl', 'musl'],
  ['musleabihf', 'musl'],
]);

/** The names that native packages have: `@oxlint/binding-linux-x64-gnu`. Undefined for any other name. */
export function platformOf(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> | undefined {
  const words = name.slice(name.lastIndexOf('/') + 1).split('-');
  const os = words.find((word) => SYSTEMS.includes(word));
  const cpu = words.find((word) => PROCESSORS.includes(word));
  const libc = words.map((word) => C_LIBRARIES.get(word)).find((word) => word !== undefined);
  if (os === undefined || cpu === undefined) return undefined;
  return { os: [os], cpu: [cpu], ...(libc === undefined || os !== 'linux' ? {} : { libc: [libc] }) };
}

/** What is missing, by its place in the lock file. A name without a platform, or a range, is left for npm to report. */
export function missingPackages({ packages }: LockFile): ReadonlyMap<string, LockedPackage> {
  const missing = new Map<string, LockedPackage>();
  for (const { optionalDependencies = {}, dev } of Object.values(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const place = `node_modules/${name}`;
      const platform = platformOf(name);
      if (Object.hasOwn(packages, place) || platform === undefined || !/^\d+\.\d+\.\d+$/.test(version)) continue;
      missing.set(place, { version, ...platform, ...(dev === true ? { dev } : {}), optional: true });
    }
  }
  return missing;
}

if (import.meta.main) {
  const path = join(ROOT, 'package-lock.json');
  const lock: LockFile = JSON.parse(await readFile(path, 'utf8'));
  const missing = missingPackages(lock);
  const check = process.argv.includes('--check');
  if (!check && missing.size > 0) {
    const entries = [...Object.entries(lock.packages), ...missing].toSorted(([a], [b]) => a.localeCompare(b, 'en'));
    await writeFile(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(entries) }, null, 2)}\n`);
  }
  process.stdout.write(`package-lock.json: ${missing.size} optional packages ${check ? 'missing' : 'added'}\n`);
  if (check && missing.size > 0) process.exitCode = 1;
}
