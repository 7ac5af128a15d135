import { closeSync, writeSync } from 'node:fs';
import { DESCRIPTORS, SEAL_NAME } from './jail-spec.ts';
import { syscall, trySyscall } from './kernel.ts';
import { thisArchitecture } from './seccomp/architecture.ts';
import { sealObject } from './seccomp/seal-object.ts';
import { sealedFilter } from './seccomp/sealed-filter.ts';
import type { WorkerFilterOptions } from './seccomp/worker-filter.ts';

const MFD_ALLOW_SEALING = 2;
/** Known from Linux 6.3 on, where an administrator may demand it. It keeps the file from being executed, not from being mapped. */
const MFD_NOEXEC_SEAL = 8;
const F_ADD_SEALS = 1033;
/** F_SEAL_SEAL, F_SEAL_SHRINK, F_SEAL_GROW, F_SEAL_WRITE: what was put there is what is loaded. */
const ALL_SEALS = 1 | 2 | 4 | 8;

/**
 * Puts the second filter on its descriptor, as a shared object in anonymous memory: it has no name that could be swapped,
 * and after the worker has closed it nothing of it is left. To be called before the limits forbid a file to grow.
 */
export function placeSeal(options: WorkerFilterOptions): void {
  const architecture = thisArchitecture();
  const object = sealObject(sealedFilter(options, architecture), architecture);
  const memory = createMemoryFile();
  writeSync(memory, object);
  syscall('fcntl F_ADD_SEALS', memory, F_ADD_SEALS, ALL_SEALS);
  syscall('dup3', memory, DESCRIPTORS.seal, 0);
  closeSync(memory);
}

function createMemoryFile(): number {
  const name = Buffer.from(`${SEAL_NAME}\0`);
  const created = trySyscall('memfd_create', name, MFD_ALLOW_SEALING | MFD_NOEXEC_SEAL);
  return created.errno === 0 ? created.value : syscall('memfd_create', name, MFD_ALLOW_SEALING);
}
