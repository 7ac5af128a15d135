import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessKiller } from '../native/process-killer.ts';
import type { PoolPowers } from './pool-powers.ts';
import { parseParent, parseState } from './process-stat.ts';

/** Twenty looks, a millisecond apart: a process stops at its next step out of the kernel. */
const LOOKS = 20;
/** How long bwrap may take to notice that its child is gone. */
const PATIENCE_MS = 500;

/**
 * Ends bwrap before its launch report. A bwrap that is simply killed while it sets up leaves its child behind: that one waits
 * for a word of bwrap's, has armed no death signal yet, and would wait for ever. So bwrap is stopped first, then it can have no
 * further child, then what it has is killed, and bwrap goes on to find that out and to end: after the whole namespace, which the
 * kernel ends with its first process.
 */
export async function endUnlaunched(
  powers: PoolPowers,
  bwrap: { readonly pid: number; kill(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): unknown },
  killer: ProcessKiller,
): Promise<void> {
  bwrap.kill('SIGSTOP');
  try {
    for (let look = 0; look < LOOKS && runs(powers, bwrap.pid); look += 1) await delay(1);
    const children = powers.childrenOf(bwrap.pid);
    const isItsChild = (pid: number): boolean => statOf(powers, pid, parseParent) === bwrap.pid;
    if (children.filter((pid) => killer.kill(pid, () => isItsChild(pid))).length > 0) {
      bwrap.kill('SIGCONT');
      await delay(PATIENCE_MS, undefined, { ref: false });
    }
  } finally {
    bwrap.kill('SIGKILL');
  }
}

function runs(powers: PoolPowers, pid: number): boolean {
  const state = statOf(powers, pid, parseState);
  return state !== undefined && !'TZX'.includes(state);
}

/** Undefined for a process that is gone. */
function statOf<Value>(powers: PoolPowers, pid: number, parse: (text: string | undefined) => Value): Value | undefined {
  try {
    const file = powers.openProcFile(pid, 'stat');
    const value = parse(file.read());
    file.close();
    return value;
  } catch {
    return undefined;
  }
}
