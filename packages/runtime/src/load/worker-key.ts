import { createHash } from 'node:crypto';
import type { InstalledSkill, SkillLimits } from '@carapace/manifest';
import type { GrantSet } from '../policy/resolve-grants.ts';

/**
 * What two loads of a skill must have in common to be served by one worker: package, grants as resolved, limits. The same
 * in another order gives another key, which costs a worker and nothing else.
 */
export function workerKey(
  { digest }: InstalledSkill,
  { permissions, mounts, overlay, secrets }: GrantSet,
  limits: SkillLimits,
): string {
  const directories = mounts.map(({ mount, hostPath, access, allowDangerousNames }) => ({
    mount,
    allowDangerousNames,
    hostPath,
    access: [...access].toSorted(),
  }));
  const text = JSON.stringify({ digest, permissions, directories, overlay, secrets, limits });
  return createHash('sha256').update(text).digest('base64url');
}
