import { closeSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * The files behind a worker's descriptors, opened once per runtime and handed to every worker: what was there when the
 * runtime started is what runs beside the skill, whatever happens to the names later. The launcher is started by its path,
 * like any other part of the host's own code.
 */
export interface LaunchFiles {
  readonly launcherPath: string;
  /** koffi's native part, with which the launcher makes its system calls. */
  readonly koffiPath: string;
  readonly bundle: number;
  readonly addon: number;
  close(): void;
}

/** Worker bundle and isolated-vm. Throws when the package was not built or has no binary for this Node and platform. */
export function openWorkerFiles(): LaunchFiles {
  return openFiles(require.resolve('#worker-bundle'), isolatedVmAddon());
}

/** Probe bundle and koffi: the self-test needs raw system calls inside the same jail. */
export function openProbeFiles(): LaunchFiles {
  return openFiles(require.resolve('#probe-bundle'), koffiAddon());
}

/** As the two above, for a bundle of the caller's own: the adversarial suite replaces the worker by a hostile program. */
export function openFiles(bundlePath: string, addonPath: string): LaunchFiles {
  const bundle = openSync(bundlePath, 'r');
  const addon = openSync(addonPath, 'r');
  return {
    launcherPath: require.resolve('#launcher-bundle'),
    koffiPath: koffiAddon(),
    bundle,
    addon,
    close: () => {
      closeSync(bundle);
      closeSync(addon);
    },
  };
}

/** Resolved as isolated-vm resolves it itself: prebuilt binary for this ABI and libc, or the one compiled at install. */
function isolatedVmAddon(): string {
  const manifest = require.resolve('isolated-vm/package.json');
  const resolver: unknown = createRequire(manifest)('node-gyp-build');
  if (!hasPath(resolver)) throw new TypeError('Cannot find isolated-vm: node-gyp-build has no path()');
  return resolver.path(dirname(manifest));
}

/** koffi keeps one binary per libc; a glibc process knows its own version. */
export function koffiAddon(): string {
  const platform = `${process.platform}-${process.arch}`;
  const libc = isGlibc() ? 'linux' : 'musl';
  return createRequire(require.resolve('koffi')).resolve(
    `@koromix/koffi-${platform}/${libc}_${process.arch}/koffi.node`,
  );
}

function isGlibc(): boolean {
  const report: { header?: { glibcVersionRuntime?: unknown } } = process.report.getReport();
  return report.header?.glibcVersionRuntime !== undefined;
}

function hasPath(value: unknown): value is { path(folder: string): string } {
  return typeof value === 'function' && 'path' in value && typeof value.path === 'function';
}
