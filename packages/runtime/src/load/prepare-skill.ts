import { tmpdir } from 'node:os';
import type { InstalledSkill } from '@carapace/manifest';
import type { LoadedSkill } from '../host/call/loaded-skill.ts';
import { nodeGrantPowers } from '../policy/grant-powers.ts';
import type { GrantRequest } from '../policy/resolve-grants.ts';
import { nodeLoadPowers } from './load-powers.ts';
import { loadSkill, type OperatorPolicy } from './load-skill.ts';
import { readSkillFolder } from './read-skill-folder.ts';

/**
 * Reads a skill, if it is not read yet, and makes it ready to be called. The one door to the parsers and the schema
 * compiler, so that importing the runtime does not load them: to be imported when a skill is.
 *
 * @throws what `readSkillFolder` and `loadSkill` throw
 */
export async function prepareSkill(
  source: string | InstalledSkill,
  policy: OperatorPolicy,
  request: GrantRequest,
  dataFolder: string | undefined,
): Promise<LoadedSkill> {
  const installed = typeof source === 'string' ? readSkillFolder(source, nodeLoadPowers) : source;
  const folders = { dataFolder, temporaryFolder: tmpdir() };
  return await loadSkill(installed, policy, request, nodeGrantPowers, folders);
}
