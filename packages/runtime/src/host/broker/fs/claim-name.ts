import { ruleOfErrno } from './errno-rule.ts';
import { CREATE_FLAGS, type FsPowers } from './fs-powers.ts';
import { type FsRefusal, refuse } from './fs-refusal.ts';
import type { PinnedParent } from './pin-parent.ts';

/** Read and write for the host's user alone. A guest never chooses a mode, and no mode here ever lets run anything. */
export const FILE_MODE = 0o600;

/**
 * Makes the name first, as an empty file and with O_EXCL, for who may create but not replace: a file that came up since
 * the last look is safe, and what is moved over the name afterwards replaces nothing else.
 */
export function claimName(powers: FsPowers, parent: PinnedParent): FsRefusal | undefined {
  const claimed = powers.open(parent.pathOf(), CREATE_FLAGS, FILE_MODE);
  if (claimed.kind === 'failed') return refuse(ruleOfErrno(claimed.errno));
  powers.close(claimed.fd);
  return undefined;
}
