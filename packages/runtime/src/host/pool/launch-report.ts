import type { LaunchReport } from '../../jail/jail-spec.ts';

/**
 * The launcher's frame, or undefined when it is none. The launcher is our own code and no skill has run yet, so a wrong
 * frame means a broken build, not an attacker; the caller still fails closed.
 */
export function decodeLaunchReport(head: unknown): LaunchReport | undefined {
  return isLaunchReport(head) ? head : undefined;
}

function isLaunchReport(head: unknown): head is LaunchReport {
  if (typeof head !== 'object' || head === null || !('kind' in head)) return false;
  if (head.kind === 'jailed')
    return 'layers' in head && Array.isArray(head.layers) && 'pid' in head && Number.isSafeInteger(head.pid);
  return head.kind === 'jail-failed' && 'layer' in head && 'reason' in head;
}
