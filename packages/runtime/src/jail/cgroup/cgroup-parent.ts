import { accessSync, constants, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { CgroupPlace } from './cgroup-place.ts';
import {
  type CgroupFolders,
  type CgroupLimits,
  clearCgroups,
  createWorkerCgroup,
  KERNEL_FOLDERS,
  type WorkerCgroup,
} from './worker-cgroup.ts';

/** Whether workers are held to limits by cgroups. Tried with a tree of plain files only; see docs/protection.md. */
export type CgroupSupport =
  | { readonly kind: 'none'; readonly reason: string }
  | { readonly kind: 'delegated'; readonly parent: CgroupParent };

/** The cgroup of one runtime, which holds one for each worker. */
export interface CgroupParent {
  /** Controllers that hold workers: `memory` and `pids` at least. */
  readonly controllers: readonly Controller[];
  create(limits: CgroupLimits): WorkerCgroup;
  /** Kills and removes everything below, and itself. */
  close(): void;
}

const CONTROLLERS = ['memory', 'pids', 'cpu'] as const;
type Controller = (typeof CONTROLLERS)[number];
const NEEDED: readonly Controller[] = ['memory', 'pids'];

/** What tells one host from another that was given the same number later. */
export interface HostIdentity {
  readonly pid: number;
  readonly startTime: string;
  /** Start time of a running process, undefined when there is none of that number. */
  readonly startTimeOf: (pid: number) => string | undefined;
}

const FOLDER = /^carapace-(\d+)-(\d+)-\d+$/;
let runtimes = 0;

/**
 * Makes a cgroup beside the host's own, where the operator has delegated that place: a cgroup with processes in it cannot hold
 * others, so the host has to stand in a leaf (systemd: `Delegate=yes` and `DelegateSubgroup=`). What hosts that were
 * killed have left there is removed first.
 */
export function openCgroupParent(
  place: CgroupPlace | undefined,
  host: HostIdentity,
  folders: CgroupFolders = KERNEL_FOLDERS,
): CgroupSupport {
  if (place === undefined) return none('this process is in no cgroup v2');
  if (place.own === place.root) return none('the host is in the root of its cgroups; it has to stand in a leaf');
  const around = dirname(place.own);
  // A slice belongs to systemd, also where root could write to it.
  if (basename(around).endsWith('.slice')) return none(`${around} is systemd’s own`);
  try {
    for (const name of ['.', 'cgroup.procs', 'cgroup.subtree_control']) accessSync(join(around, name), constants.W_OK);
    const controllers = enableControllers(around);
    const missing = NEEDED.filter((name) => !controllers.includes(name));
    if (missing.length > 0) return none(`the controllers ${missing.join(', ')} are not available in ${around}`);
    removeLeftovers(around, host, folders);
    runtimes += 1;
    const folder = join(around, `carapace-${host.pid}-${host.startTime}-${runtimes}`);
    folders.make(folder);
    return { kind: 'delegated', parent: parentIn(folder, enableControllers(folder), folders) };
  } catch (error) {
    return none(`${around} is not delegated: ${error instanceof Error ? error.message : 'unknown'}`);
  }
}

function parentIn(folder: string, controllers: readonly Controller[], folders: CgroupFolders): CgroupParent {
  let workers = 0;
  return {
    controllers,
    create: (limits) => {
      workers += 1;
      return createWorkerCgroup(join(folder, `worker-${workers}`), limits, folders);
    },
    close: () => {
      if (existsSync(folder)) clearCgroups(folder, folders);
    },
  };
}

/** Makes the controllers work in the folders below, and answers which of ours do. */
function enableControllers(folder: string): readonly Controller[] {
  const available = wordsOf(join(folder, 'cgroup.controllers'));
  const control = join(folder, 'cgroup.subtree_control');
  const enabled = wordsOf(control);
  const wanted = CONTROLLERS.filter((name) => available.includes(name));
  const more = wanted.filter((name) => !enabled.includes(name));
  if (more.length > 0) writeFileSync(control, more.map((name) => `+${name}`).join(' '));
  return wanted;
}

/** A host that was killed leaves its folder, and with the death signal no process in it. */
function removeLeftovers(around: string, host: HostIdentity, folders: CgroupFolders): void {
  for (const name of readdirSync(around)) {
    const [, pid, startTime] = FOLDER.exec(name) ?? [];
    if (pid === undefined || host.startTimeOf(Number(pid)) === startTime) continue;
    clearCgroups(join(around, name), folders);
  }
}

function wordsOf(file: string): readonly string[] {
  return readFileSync(file, 'utf8').trim().split(/\s+/);
}

function none(reason: string): CgroupSupport {
  return { kind: 'none', reason };
}
