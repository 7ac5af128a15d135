import { readFileSync } from 'node:fs';
import type { BubblewrapMode } from './bubblewrap-arguments.ts';

/** What of the host's privilege decides how namespaces are had. */
export interface HostPrivilege {
  readonly isRoot: boolean;
  /** CAP_SYS_ADMIN: namespaces without a user namespace. */
  readonly mayAdminister: boolean;
  /** CAP_SETUID: the launcher can become `nobody`. */
  readonly mayChangeUser: boolean;
}

const CAP_SETUID = 7n;
const CAP_SYS_ADMIN = 21n;

/** Reads the text of /proc/self/status. A text without the line counts as no capability. */
export function hostPrivilege(
  status: string = readFileSync('/proc/self/status', 'utf8'),
  isRoot: boolean = process.getuid?.() === 0,
): HostPrivilege {
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  const has = (capability: bigint): boolean => ((effective >> capability) & 1n) === 1n;
  return { isRoot, mayAdminister: has(CAP_SYS_ADMIN), mayChangeUser: has(CAP_SETUID) };
}

/**
 * Ways to try, strongest first; none where namespaces would cost more than they give: inside a user namespace the worker of
 * root stays user 0 outside, so a root that can become `nobody` for real does that instead (corpus OS-131).
 */
export function modesFor({ isRoot, mayAdminister, mayChangeUser }: HostPrivilege): readonly BubblewrapMode[] {
  if (isRoot && mayAdminister) return [{ userNamespace: false, disableUserNamespaces: false }];
  if (isRoot && mayChangeUser) return [];
  return [
    { userNamespace: true, disableUserNamespaces: true },
    { userNamespace: true, disableUserNamespaces: false },
  ];
}
