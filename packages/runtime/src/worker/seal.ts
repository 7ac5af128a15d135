import { closeSync, readlinkSync, statSync } from 'node:fs';
import { DESCRIPTORS, SEAL_NAME } from '../jail/jail-spec.ts';

/**
 * Puts the second filter on every thread of this process: from here on nothing can be opened, looked up or
 * executed, whoever finds a way to machine code. To be called once, when everything is loaded and before the host is told
 * that the worker is ready. Does nothing when the launcher left no filter, as in tests of the other walls; the host
 * sees for itself which filters stand.
 *
 * @throws Error when the filter was there and does not stand: the worker must not become ready
 */
export function seal(): void {
  if (!isPlaced()) return;
  loadFilter();
  closeSync(DESCRIPTORS.seal);
}

/** By the name that the launcher gave it: where there is no launcher the number may be a descriptor of Node's own. */
function isPlaced(): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${DESCRIPTORS.seal}`).startsWith(`/memfd:${SEAL_NAME}`);
  } catch {
    return false;
  }
}

function loadFilter(): void {
  try {
    process.dlopen({ exports: {} }, `/proc/self/fd/${DESCRIPTORS.seal}`);
  } catch {
    // Always: what is loaded is no add-on of Node's, which unloads it again. Whether its initialiser ran is tried below.
  }
  if (!lookupRefused()) throw new Error('Cannot seal worker: the second filter does not stand');
}

/** Looking up a name is refused by the second filter and by no other wall. */
function lookupRefused(): boolean {
  try {
    statSync('/');
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
