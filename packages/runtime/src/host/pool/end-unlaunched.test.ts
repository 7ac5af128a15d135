import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { ProcessKiller } from '../native/process-killer.ts';
import { endUnlaunched } from './end-unlaunched.ts';
import { nodePoolPowers } from './pool-powers.ts';

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** A process with a child that does not care whether its parent lives, as that of a bwrap that is still setting up. */
async function startParent(script: string): Promise<{ readonly parent: ChildProcess; readonly child: number }> {
  const parent = spawn('/bin/sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  running.push(parent);
  const [text] = await once(parent.stdout, 'data');
  return { parent, child: Number(text) };
}

function bwrapLike(parent: ChildProcess): Parameters<typeof endUnlaunched>[1] {
  return { pid: parent.pid ?? 0, kill: (signal) => parent.kill(signal) };
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function loadKiller(): Promise<ProcessKiller> {
  const killer = await nodePoolPowers.loadKiller();
  if (killer === undefined) throw new Error('this kernel has no pidfd');
  return killer;
}

describe('endUnlaunched', () => {
  it('leaves no child behind, as a mere kill does', async () => {
    const script = 'sleep 100 >/dev/null & echo $!; wait';
    const { parent, child } = await startParent(script);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    expect(isThere(child)).toBe(true);
    process.kill(child, 'SIGKILL');

    const other = await startParent(script);
    const ended = once(other.parent, 'exit');
    void endUnlaunched(nodePoolPowers, bwrapLike(other.parent), await loadKiller());
    await ended;
    await expect.poll(() => isThere(other.child)).toBe(false);
  });

  it('lets the parent end by itself when it sees the end of its child, so that its end is the last', async () => {
    const { parent } = await startParent('sleep 100 >/dev/null & echo $!; wait $!; exit 7');
    const ended = once(parent, 'exit');
    void endUnlaunched(nodePoolPowers, bwrapLike(parent), await loadKiller());
    expect(await ended).toEqual([7, null]);
  });

  it('kills a parent that goes on all the same, and one without a child', async () => {
    for (const script of ['sleep 100 >/dev/null & echo $!; while :; do wait; done', 'echo 0; while :; do :; done']) {
      const { parent } = await startParent(script);
      const ended = once(parent, 'exit');
      void endUnlaunched(nodePoolPowers, bwrapLike(parent), await loadKiller());
      expect(await ended).toEqual([null, 'SIGKILL']);
    }
  });
});
