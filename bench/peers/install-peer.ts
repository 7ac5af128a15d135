import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChild } from '../harness/child-process.ts';
import { Unavailable } from '../harness/row.ts';
import { PEER_PACKAGES, type PeerPackage } from './peer-packages.ts';

const DEFAULT_CACHE = fileURLToPath(new URL('../../node_modules/.cache/carapace-bench', import.meta.url));
const INSTALL_TIMEOUT_MS = 300_000;
const NPM_INSTALL = [
  'install',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--no-update-notifier',
  '--fetch-retries=1',
];

const installed = new Map<PeerPackage, Promise<string>>();

/**
 * The folder whose node_modules hold the peer: from the cache, or installed into it through npm as the user configured it.
 *
 * @throws Unavailable when npm cannot install it, for example without a network
 */
export function installPeer(name: PeerPackage): Promise<string> {
  const folder = installed.get(name) ?? install(name);
  installed.set(name, folder);
  return folder;
}

async function install(name: PeerPackage): Promise<string> {
  const version = PEER_PACKAGES[name];
  const cache = resolve(process.env['CARAPACE_BENCH_CACHE'] ?? DEFAULT_CACHE);
  const folder = join(cache, `${name}-${version}-${process.platform}-${process.arch}`);
  if (existsSync(folder)) return folder;
  // Complete or absent: an install that was cut short must not be taken for one that is whole.
  const staging = `${folder}.${process.pid}`;
  await mkdir(staging, { recursive: true });
  try {
    await writeFile(join(staging, 'package.json'), '{"private":true}\n');
    await runNpm([...NPM_INSTALL, `--prefix=${staging}`, '--save-exact', `${name}@${version}`], staging, name);
    await rename(staging, folder).catch((error: unknown) => {
      // Another bench was faster, and what it installed is as good.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return folder;
}

async function runNpm(args: readonly string[], cwd: string, name: PeerPackage): Promise<void> {
  const failure = await runChild('npm', args, { cwd, env: npmEnvironment(), timeoutMs: INSTALL_TIMEOUT_MS }).then(
    ({ code, stderr }) => (code === 0 ? undefined : describeFailure(stderr)),
    (error: unknown) => (error instanceof Error ? error.message : 'npm cannot be started'),
  );
  if (failure !== undefined) throw new Unavailable(`${name} cannot be installed: ${failure}`);
}

/** What `npm run` tells its scripts about this project would be taken for options of the install. */
function npmEnvironment(): NodeJS.ProcessEnv {
  const about = /^npm_(?!config_)|^npm_config_(?:local_prefix|prefix|workspaces?)$/i;
  const entries = Object.entries(process.env).filter(([key]) => !about.test(key));
  const path = [process.env['PATH'] ?? '', dirname(process.execPath)].join(delimiter);
  return { ...Object.fromEntries(entries), PATH: path };
}

/** npm's code only: its other lines name paths and addresses of this machine. */
function describeFailure(stderr: string): string {
  const code = /^npm error code (\w+)/m.exec(stderr)?.[1];
  return code === undefined ? 'npm failed' : `npm says ${code}`;
}
