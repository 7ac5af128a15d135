import satisfies from 'semver/functions/satisfies.js';
import type { SkillManifest } from './skill-manifest.ts';

/** Tells whether a skill works with a version of carapace; a skill without a range works with every version. */
export function supportsEngine(manifest: Pick<SkillManifest, 'engines'>, carapaceVersion: string): boolean {
  const range = manifest.engines?.carapace;
  return range === undefined || satisfies(carapaceVersion, range, { includePrerelease: true });
}
