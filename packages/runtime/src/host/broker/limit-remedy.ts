import type { LimitName } from '@carapace/manifest/base';

/** What would let a call go on that has used up a limit of its manifest. */
export function limitRemedy(limit: LimitName): string {
  return `limits: raise ${JSON.stringify(limit)}`;
}
