import type koffi from 'koffi';
import { thisArchitecture } from '../../jail/seccomp/architecture.ts';
import { syscallNumber } from '../../jail/seccomp/syscall-numbers.ts';

type Koffi = typeof koffi;

const SIGKILL = 9;

/** Kills a process that is not a child of the host, and never another one that was given its number since. */
export interface ProcessKiller {
  /**
   * SIGKILL to `pid` if `isTheOne` still says so once the kernel has pinned the process: a number may be given away between the
   * look and the signal, a pidfd is not (corpus IP-151). False when nothing was sent.
   */
  kill(pid: number, isTheOne: () => boolean): boolean;
}

/** Powers of the killer that are not the kernel's. */
export interface KillerHost {
  readonly loadKoffi: () => Promise<Koffi>;
  readonly closeDescriptor: (fd: number) => void;
}

/** Loads koffi, so call it once per runtime. Undefined where koffi or the calls (Linux 5.3) are missing. */
export async function loadProcessKiller(host: KillerHost): Promise<ProcessKiller | undefined> {
  const calls = await bind(host);
  // Signal 0 to this very process: an old kernel or a container's filter says no here, not when a worker has to die.
  const own = calls?.open(process.pid) ?? -1;
  if (calls === undefined || own < 0) return undefined;
  const usable = calls.signal(own, 0) === 0;
  host.closeDescriptor(own);
  if (!usable) return undefined;
  return {
    kill: (pid, isTheOne) => {
      const fd = calls.open(pid);
      if (fd < 0) return false;
      try {
        return isTheOne() && calls.signal(fd, SIGKILL) === 0;
      } finally {
        host.closeDescriptor(fd);
      }
    },
  };
}

interface PidfdCalls {
  open(pid: number): number;
  signal(fd: number, signal: number): number;
}

async function bind({ loadKoffi }: KillerHost): Promise<PidfdCalls | undefined> {
  try {
    const library = (await loadKoffi()).load(null);
    const open = library.func('long syscall(long number, int pid, unsigned int flags)');
    const send = library.func('long syscall(long number, int pidfd, int signal, const void *info, unsigned int flags)');
    const pidfdOpen = syscallNumber('pidfd_open', thisArchitecture());
    const pidfdSendSignal = syscallNumber('pidfd_send_signal', thisArchitecture());
    return {
      open: (pid) => Number(open(pidfdOpen, pid, 0)),
      signal: (fd, signal) => Number(send(pidfdSendSignal, fd, signal, null, 0)),
    };
  } catch {
    // No koffi and no table for this platform, or --no-addons.
    return undefined;
  }
}
