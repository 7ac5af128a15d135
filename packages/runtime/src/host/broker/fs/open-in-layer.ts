import { assertNever } from '@carapace/manifest/base';
import { ruleOfErrno } from './errno-rule.ts';
import { type FileFacts, type FsPowers, READ_PINNED_FLAGS } from './fs-powers.ts';
import { type FsRefusal, refuse } from './fs-refusal.ts';
import type { FsRule } from './fs-rules.ts';
import type { MountRoot } from './mount-root.ts';
import { OwnedFd } from './owned-fd.ts';
import { pinByKernel } from './pin-by-kernel.ts';
import { pinByWalk } from './pin-by-walk.ts';

export interface BeneathPath {
  readonly components: readonly string[];
  readonly mustBeDirectory: boolean;
}

/** `inspect` takes a file or a directory and opens neither. A number opens a file with these flags, to change it in place. */
export type OpenIntent = 'file' | 'directory' | 'inspect' | number;

/** A regular file or directory beneath the root. The receiver owns `handle` and works on it alone. */
export interface OpenedEntry {
  readonly kind: 'file' | 'directory';
  /** Open for the intent `file` and for flags; otherwise a pin: good for fstat and as `/proc/self/fd/<fd>`, not for reading. */
  readonly handle: OwnedFd;
  readonly facts: FileFacts;
}

/**
 * The gate: the only way to a file. A handle comes out, never a path to use again, so there is nothing to swap between
 * check and use. Every decision is made on the pinned entry.
 *
 * Synchronous on purpose: between reading the root's descriptor number and its last use nothing else can run, so the
 * root cannot be closed and its number taken by another directory. Opens on a local filesystem take microseconds.
 */
export function openInLayer(root: MountRoot, path: BeneathPath, intent: OpenIntent): OpenedEntry | FsRefusal {
  const pin = pinEntry(root, path.components);
  if (!(pin instanceof OwnedFd)) return pin;
  let handedOut = false;
  try {
    const entry = judgePinned(root, pin, path.mustBeDirectory, intent);
    handedOut = entry.kind !== 'refused' && entry.handle === pin;
    return entry;
  } finally {
    if (!handedOut) pin[Symbol.dispose]();
  }
}

function pinEntry(root: MountRoot, components: readonly string[]): OwnedFd | FsRefusal {
  if (!components.every(isSingleName)) return refuse('component-dots');
  const pinned = root.check();
  if (pinned.kind === 'refused') return pinned;
  const { containment, powers } = root;
  switch (containment.kind) {
    case 'kernel':
      // Chosen only after openat2 had answered on this root.
      if (powers.openBeneath.kind === 'unavailable') return refuse('io-failure');
      return pinByKernel(powers.openBeneath.open, powers, pinned.fd, components);
    case 'walk':
      return pinByWalk(powers, pinned, components);
    default:
      return assertNever(containment);
  }
}

/**
 * The parser refuses such names already. The gate asks again because the walk stands on it: a component that climbs, or
 * that is really two, would be resolved by the kernel without any of the checks.
 */
function isSingleName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\0]/.test(name);
}

function judgePinned(
  root: MountRoot,
  pin: OwnedFd,
  mustBeDirectory: boolean,
  intent: OpenIntent,
): OpenedEntry | FsRefusal {
  if (pin.fd === undefined) return refuse('io-failure');
  const facts = root.powers.fstat(pin.fd);
  if (facts.kind === 'symlink') return refuse('symlink');
  if (facts.kind === 'special') return refuse('special-file');
  if (facts.kind === 'file' && facts.links > 1n && !mayBeLinked(root, intent)) return refuse('hard-link');
  const mismatch = kindMismatch(facts.kind, mustBeDirectory, intent);
  if (mismatch !== undefined) return refuse(mismatch);
  if (intent === 'directory' || intent === 'inspect') return { kind: facts.kind, handle: pin, facts };
  const handle = reopenPinned(root.powers, pin.fd, intent === 'file' ? READ_PINNED_FLAGS : intent);
  return handle instanceof OwnedFd ? { kind: facts.kind, handle, facts } : handle;
}

/**
 * A hard link may lead to a file outside the root: containment by path cannot see it, the link count can. A change in
 * place shows under every name, so there no grant makes it harmless.
 */
function mayBeLinked(root: MountRoot, intent: OpenIntent): boolean {
  return root.grant.allowHardLinks === true && typeof intent !== 'number';
}

function kindMismatch(kind: 'file' | 'directory', mustBeDirectory: boolean, intent: OpenIntent): FsRule | undefined {
  if (kind === 'file') return mustBeDirectory || intent === 'directory' ? 'not-directory' : undefined;
  return intent === 'directory' || intent === 'inspect' ? undefined : 'is-directory';
}

/** Opens the very inode that was judged: `/proc/self/fd/<fd>` leads to the pinned entry, whatever the path says now. */
function reopenPinned(powers: FsPowers, fd: number, flags: number): OwnedFd | FsRefusal {
  const result = powers.open(`/proc/self/fd/${fd}`, flags);
  return result.kind === 'opened' ? new OwnedFd(result.fd, powers.close) : refuse(ruleOfErrno(result.errno));
}
