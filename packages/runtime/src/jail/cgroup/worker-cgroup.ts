import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the kernel holds a worker to, resident memory included, which no resource limit of a process does. */
export interface CgroupLimits {
  readonly memoryBytes: number;
  /** Processes and threads. */
  readonly processes: number;
  /** Share of one processor, in percent; two processors are 200. */
  readonly cpuPercent: number;
}

/** The cgroup of one worker. */
export interface WorkerCgroup {
  readonly folder: string;
  /** Moves a process in, with all its threads. Throws when the kernel says that it is elsewhere. */
  join(pid: number): void;
  /** Sets the bound of resident memory anew. */
  limitMemory(bytes: number): void;
  /** SIGKILL to everything inside, whatever it has forked meanwhile. */
  kill(): void;
  /** Removes the folder. False while the kernel still sees a process in it. */
  remove(): boolean;
}

/** Making and removing folders, which the kernel answers with files of its own. Tests put a tree of plain files here. */
export interface CgroupFolders {
  make(folder: string): void;
  /** Throws while a process is inside. */
  remove(folder: string): void;
}

export const KERNEL_FOLDERS: CgroupFolders = { make: (folder) => mkdirSync(folder), remove: rmdirSync };

const CPU_PERIOD_US = 100_000;

/** Makes the folder and sets what its controllers can hold. Throws when a limit that is there cannot be set. */
export function createWorkerCgroup(
  folder: string,
  limits: CgroupLimits,
  folders: CgroupFolders = KERNEL_FOLDERS,
): WorkerCgroup {
  folders.make(folder);
  const cgroup = cgroupIn(folder, folders);
  try {
    cgroup.limitMemory(limits.memoryBytes);
    set(folder, 'memory.swap.max', '0');
    // Out of memory, the kernel would else pick one process and let the rest run on.
    set(folder, 'memory.oom.group', '1');
    set(folder, 'pids.max', String(limits.processes));
    set(folder, 'cpu.max', `${(limits.cpuPercent * CPU_PERIOD_US) / 100} ${CPU_PERIOD_US}`);
  } catch (error) {
    cgroup.remove();
    throw error;
  }
  return cgroup;
}

/** Kills what is in the cgroups below `folder` and removes them, then `folder` itself as far as the kernel lets it go. */
export function clearCgroups(folder: string, folders: CgroupFolders = KERNEL_FOLDERS): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const worker = cgroupIn(join(folder, entry.name), folders);
    worker.kill();
    worker.remove();
  }
  cgroupIn(folder, folders).remove();
}

function cgroupIn(folder: string, folders: CgroupFolders): WorkerCgroup {
  return {
    folder,
    join: (pid) => {
      const file = join(folder, 'cgroup.procs');
      writeFileSync(file, String(pid));
      if (!readFileSync(file, 'utf8').split('\n').includes(String(pid)))
        throw new Error(`Cannot move process ${pid}: it is not in its cgroup`);
    },
    limitMemory: (bytes) => set(folder, 'memory.max', String(bytes)),
    kill: () => set(folder, 'cgroup.kill', '1'),
    remove: () => removed(folder, folders),
  };
}

/** A file that is not there belongs to a controller that is not there (swap accounting, an older kernel). */
function set(folder: string, name: string, value: string): void {
  const file = join(folder, name);
  if (existsSync(file)) writeFileSync(file, value);
}

function removed(folder: string, folders: CgroupFolders): boolean {
  try {
    folders.remove(folder);
    return true;
  } catch {
    // EBUSY: a process is still on its way out. ENOENT: somebody else was here first.
    return !existsSync(folder);
  }
}
