import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import runtimePackage from '@carapace/runtime/package.json' with { type: 'json' };
import { PEER_PACKAGES } from '../peers/peer-packages.ts';
import { BWRAP } from '../rows/peers/bwrap-node.ts';
import { runChild } from './child-process.ts';
import type { BenchRow } from './row.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryMiB: number;
  readonly kernel: string;
  readonly os: string;
  /** Processes that wanted to run in the last minute before the start. Above the number of cores, figures mean little. */
  readonly load: number;
}

export interface Versions {
  readonly node: string;
  readonly v8: string;
  readonly carapace: string;
  readonly 'isolated-vm': string;
  readonly koffi: string;
  /** By package or program, of the peers that rows of the run were about. */
  readonly peers: Readonly<Record<string, string>>;
}

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    kernel: release(),
    os: osName(),
    load: loadavg()[0] ?? 0,
  };
}

/** The versions of the native parts are pinned exactly, so the package file tells what is installed. */
export async function describeVersions(rows: readonly BenchRow[]): Promise<Versions> {
  const { version, dependencies } = runtimePackage;
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    carapace: version,
    'isolated-vm': dependencies['isolated-vm'],
    koffi: dependencies.koffi,
    peers: await peerVersions(rows),
  };
}

async function peerVersions(rows: readonly BenchRow[]): Promise<Versions['peers']> {
  const installed = rows.flatMap(({ needs }) => (needs === undefined ? [] : [[needs, PEER_PACKAGES[needs]] as const]));
  return { ...Object.fromEntries(installed), ...(await bubblewrapVersion()) };
}

/** "bubblewrap 0.8.0"; nothing where there is none. */
async function bubblewrapVersion(): Promise<Versions['peers']> {
  try {
    const { stdout } = await runChild(BWRAP, ['--version']);
    return { bubblewrap: stdout.trim().split(' ').at(-1) ?? 'unknown' };
  } catch {
    return {};
  }
}

/** freedesktop.org, os-release(5): PRETTY_NAME is the name meant for people. */
function osName(): string {
  try {
    return /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? type();
  } catch {
    return type();
  }
}
