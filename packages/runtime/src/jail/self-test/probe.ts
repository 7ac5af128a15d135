import { readSync, writeSync } from 'node:fs';
import { encodeFrame } from '../../protocol/frame.ts';
import { seal } from '../../worker/seal.ts';
import { DESCRIPTORS } from '../jail-spec.ts';
import { thisArchitecture } from '../seccomp/architecture.ts';
import { syscallNumber } from '../seccomp/syscall-numbers.ts';
import { ATTEMPTS, type Attempt, type AttemptReport, type RawSyscall } from './attempts.ts';

/**
 * Runs in the place of the worker, in the same jail, as an attacker with native code would: raw system calls through
 * koffi. Tries one forbidden action per class and reports what the kernel answered, first as a booting worker and then as a
 * sealed one.
 */
const koffi = loadKoffi();
const rawSyscall = koffi.load(null).func('long syscall(long number, ...)');

const call: RawSyscall = (name, ...args) => {
  const typed = args.flatMap((argument): readonly unknown[] =>
    typeof argument === 'number'
      ? ['int64_t', argument]
      : typeof argument === 'string'
        ? ['str', argument]
        : ['void *', argument],
  );
  const number = syscallNumber(name, thisArchitecture());
  const value = Number(rawSyscall(number, ...typed));
  return { value, errno: value === -1 ? koffi.errno() : 0 };
};

const hostPid = process.ppid;
tryAll(ATTEMPTS.filter(({ sealed }) => sealed !== true));
seal();
tryAll(ATTEMPTS.filter(({ sealed }) => sealed === true));
// Waits for its end: the host looks at the filters of a process that is still there.
readSync(DESCRIPTORS.protocol, Buffer.alloc(1));

function tryAll(attempts: readonly Attempt[]): void {
  for (const attempt of attempts) {
    const report: AttemptReport = { kind: 'attempt', name: attempt.name, ...attempt.run(call, hostPid) };
    writeSync(DESCRIPTORS.protocol, encodeFrame(report));
  }
}

interface Koffi {
  load(path: null): { func(signature: string): (...args: readonly unknown[]) => unknown };
  errno(): number;
}

function loadKoffi(): Koffi {
  const holder: { exports: unknown } = { exports: {} };
  process.dlopen(holder, `/proc/self/fd/${DESCRIPTORS.nativeAddon}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- koffi's native exports, which its own wrapper re-exports unchanged
  return holder.exports as Koffi;
}
