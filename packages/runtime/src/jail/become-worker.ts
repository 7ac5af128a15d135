import { writeSync } from 'node:fs';
import { encodeFrame } from '../protocol/frame.ts';
import { openBootFiles, openPrivately } from './boot-files.ts';
import { dropIdentity } from './identity.ts';
import { DESCRIPTORS, type JailSpec, type LaunchReport, type LayerReport } from './jail-spec.ts';
import { addressOf, executeDescriptor, syscall } from './kernel.ts';
import { applyLandlock } from './landlock.ts';
import { describeEnclosure, pidSeenByHost } from './namespace/own-namespaces.ts';
import { placeSeal } from './place-seal.ts';
import { applyProcessLimits } from './rlimits.ts';
import { thisArchitecture } from './seccomp/architecture.ts';
import { encodeProgram } from './seccomp/bpf.ts';
import { workerFilter } from './seccomp/worker-filter.ts';

const F_SETFD = 2;
const CLOSE_RANGE_CLOEXEC = 4;
const PR_SET_PDEATHSIG = 1;
const PR_SET_SECCOMP = 22;
const PR_SET_NO_NEW_PRIVS = 38;
const SECCOMP_MODE_FILTER = 2;
const SIGKILL = 9;

/** The one order that works: files are opened as who we are, identity needs capabilities, the filter ends everything. */
export function becomeWorker(specText: string): void {
  let step = 'spec';
  try {
    const spec = parseSpec(specText);
    step = 'boot files';
    const bootFiles = openBootFiles();
    spec.privateDescriptors.forEach(openPrivately);
    step = 'sealed';
    if (spec.layers.sealed) placeSeal({ pid: process.pid, jit: spec.jit });
    const layers: LayerReport[] = [];
    const apply = (name: string, wanted: boolean, layer: () => LayerReport): void => {
      step = name;
      if (wanted) layers.push(layer());
    };
    apply('namespaces', true, () => describeEnclosure(spec.enclosure));
    const pid = pidSeenByHost(spec.enclosure);
    apply('rlimits', spec.layers.rlimits, () => applyProcessLimits(spec.limits));
    apply('identity', spec.layers.identity, dropIdentity);
    apply('no-new-privileges', true, forbidNewPrivileges);
    apply('landlock', spec.layers.landlock, () =>
      applyLandlock({
        executable: bootFiles.executable,
        readable: [...bootFiles.libraries, ...spec.readableDescriptors],
      }),
    );
    step = 'descriptors';
    keepOnly(spec.keepDescriptors);
    dieWithParent(spec.parentPid);
    apply('seccomp', spec.layers.seccomp, () => installFilter(spec.jit));
    report({ kind: 'jailed', layers, pid });
    step = 'exec';
    executeDescriptor(bootFiles.node, ['node', ...spec.arguments]);
  } catch (error) {
    report({ kind: 'jail-failed', layer: step, reason: error instanceof Error ? error.message : 'unknown' });
    process.exitCode = 1;
  }
}

function parseSpec(text: string): JailSpec {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by the host that started this very process
  return JSON.parse(text) as JailSpec;
}

function forbidNewPrivileges(): LayerReport {
  syscall('prctl PR_SET_NO_NEW_PRIVS', PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  return {
    layer: 'no-new-privileges',
    state: 'enforced',
    detail: 'set-uid programs and file capabilities have no effect',
  };
}

/** Only what the spec names crosses into the worker: a leaked descriptor would be authority no wall can see. */
function keepOnly(descriptors: readonly number[]): void {
  syscall('close_range', Math.max(...descriptors) + 1, 0xffffffff, CLOSE_RANGE_CLOEXEC);
  for (const fd of descriptors) syscall('fcntl F_SETFD', fd, F_SETFD, 0);
}

/** A dead host cannot kill: the kernel does. Checked after arming, because the host may have died just before. */
function dieWithParent(parentPid: number): void {
  syscall('prctl PR_SET_PDEATHSIG', PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  if (process.ppid !== parentPid) throw new Error('the host is gone');
}

function installFilter(jit: boolean): LayerReport {
  const program = encodeProgram(workerFilter({ pid: process.pid, jit }, thisArchitecture()));
  const instructions = program.length / 8;
  const header = Buffer.alloc(16);
  header.writeUInt16LE(instructions, 0);
  header.writeBigUInt64LE(addressOf(program), 8);
  syscall('prctl PR_SET_SECCOMP', PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header, 0, 0);
  return {
    layer: 'seccomp',
    state: 'enforced',
    detail: `${instructions} instructions: no socket, fork, exec, write-open, io_uring or ptrace`,
  };
}

function report(message: LaunchReport): void {
  writeSync(DESCRIPTORS.protocol, encodeFrame(message));
}
