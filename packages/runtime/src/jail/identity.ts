import type { LayerReport } from './jail-spec.ts';
import { syscall, trySyscall } from './kernel.ts';

const PR_CAPBSET_DROP = 24;
const PR_CAP_AMBIENT = 47;
const PR_CAP_AMBIENT_CLEAR_ALL = 4;
const CAPABILITY_VERSION_3 = 0x20080522;
/** One above the highest capability any kernel knows; numbers beyond the running kernel's last one answer EINVAL. */
const CAPABILITY_NUMBERS = 64;
const NOBODY = 65534;

/**
 * Leaves the worker without capabilities and, when the host is root, without its user id: a worker that kept uid 0 would
 * own every root file that Landlock ever failed to cover (corpus OS-131).
 */
export function dropIdentity(): LayerReport {
  for (let capability = 0; capability < CAPABILITY_NUMBERS; capability += 1)
    trySyscall('prctl', PR_CAPBSET_DROP, capability, 0, 0, 0);
  trySyscall('prctl', PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  const wasRoot = process.getuid?.() === 0;
  const changed = wasRoot && becomeNobody();
  clearCapabilities();
  if (wasRoot && !changed)
    return {
      layer: 'identity',
      state: 'partial',
      detail: 'no capabilities; user id 0 kept, because this container may not change it',
    };
  return {
    layer: 'identity',
    state: 'enforced',
    detail: wasRoot
      ? `user and group id ${NOBODY}, no groups, no capabilities`
      : 'the host’s own unprivileged user, no capabilities',
  };
}

/** False where root has no CAP_SETUID, as in a container with all capabilities dropped. */
function becomeNobody(): boolean {
  if (trySyscall('setgroups', 0, null).errno !== 0) return false;
  if (trySyscall('setresgid', NOBODY, NOBODY, NOBODY).errno !== 0) return false;
  syscall('setresuid', NOBODY, NOBODY, NOBODY);
  return true;
}

function clearCapabilities(): void {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(CAPABILITY_VERSION_3, 0);
  syscall('capset', header, Buffer.alloc(24));
}
