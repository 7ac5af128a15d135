import type { FsPowers } from './fs-powers.ts';

const PATTERN = /^\.carapace-(\d{1,10})-[0-9a-f]{16}\.tmp$/;

/**
 * Name of a file that is being written beside the one it will replace. Nobody can foresee it, so nobody can lay a link
 * there first; it tells which process it belongs to, so that a later one can sweep it.
 */
export function temporaryName({ processId, randomDigits }: FsPowers): string {
  return `.carapace-${processId}-${randomDigits()}.tmp`;
}

/** Such names are shown to no guest and taken from none: half-written content is nobody's business. */
export function isTemporaryName(name: string): boolean {
  return PATTERN.test(name);
}

/** Process that made the name. */
export function writerOf(name: string): number | undefined {
  const digits = PATTERN.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
