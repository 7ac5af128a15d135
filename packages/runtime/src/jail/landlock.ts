import { closeSync } from 'node:fs';
import type { LayerReport } from './jail-spec.ts';
import { syscall, trySyscall } from './kernel.ts';

const CREATE_RULESET_VERSION = 1;
const RULE_PATH_BENEATH = 1;
const EXECUTE = 1n << 0n;
const READ_FILE = 1n << 2n;
/** First ABI with TCP rules, and first ABI that also scopes signals and abstract sockets. */
const ABI_NETWORK = 4;
const ABI_SCOPE = 6;
/** How many file-system rights each ABI knows: all of them are handled, so all of them are denied unless granted. */
const FILE_RIGHTS_BY_ABI = [0, 13, 14, 15, 15, 16] as const;

/** All as descriptors, so that a later swap of a name changes nothing. */
export interface ReadableFiles {
  /** Executed by the kernel at the launcher's last step: node itself and its program interpreter. */
  readonly executable: readonly number[];
  readonly readable: readonly number[];
}

/** The newest Landlock ABI of the running kernel, 0 when there is none (kernel, boot option or container policy). */
function landlockAbi(): number {
  const { value, errno } = trySyscall('landlock_create_ruleset', null, 0, CREATE_RULESET_VERSION);
  return errno === 0 ? value : 0;
}

/**
 * Denies every file-system, TCP and signal right that the kernel's ABI can express, then grants reading of exactly the
 * files a node needs to boot.
 */
export function applyLandlock(files: ReadableFiles): LayerReport {
  const abi = landlockAbi();
  if (abi === 0) return { layer: 'landlock', state: 'absent', detail: 'the kernel offers no Landlock here' };
  const ruleset = createRuleset(abi);
  for (const fd of files.executable) grant(ruleset, fd, EXECUTE | READ_FILE);
  for (const fd of files.readable) grant(ruleset, fd, READ_FILE);
  syscall('landlock_restrict_self', ruleset, 0);
  closeSync(ruleset);
  const state = abi >= ABI_SCOPE ? 'enforced' : abi >= ABI_NETWORK ? 'partial' : 'absent';
  const missing =
    abi >= ABI_SCOPE ? '' : abi >= ABI_NETWORK ? ', without signal scope' : ', without TCP and signal rules';
  return {
    layer: 'landlock',
    state,
    detail: `ABI ${abi}: reads of ${files.executable.length + files.readable.length} boot files only${missing}`,
  };
}

function createRuleset(abi: number): number {
  const attributes = Buffer.alloc(abi >= ABI_SCOPE ? 24 : abi >= ABI_NETWORK ? 16 : 8);
  const rights = FILE_RIGHTS_BY_ABI[Math.min(abi, FILE_RIGHTS_BY_ABI.length - 1)] ?? 0;
  attributes.writeBigUInt64LE((1n << BigInt(rights)) - 1n, 0);
  if (abi >= ABI_NETWORK) attributes.writeBigUInt64LE(3n, 8);
  if (abi >= ABI_SCOPE) attributes.writeBigUInt64LE(3n, 16);
  return syscall('landlock_create_ruleset', attributes, attributes.length, 0);
}

function grant(ruleset: number, fd: number, rights: bigint): void {
  const beneath = Buffer.alloc(12);
  beneath.writeBigUInt64LE(rights, 0);
  beneath.writeInt32LE(fd, 8);
  syscall('landlock_add_rule', ruleset, RULE_PATH_BENEATH, beneath, 0);
}
