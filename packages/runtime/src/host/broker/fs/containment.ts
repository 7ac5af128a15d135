import { type FsPowers, PIN_FLAGS } from './fs-powers.ts';

/**
 * How access is kept beneath a root. `kernel`: one openat2 call resolves the whole path under the kernel's own rules.
 * `walk`: one component at a time, each pinned and looked at before the next; `reason` says why openat2 is not used.
 * Both refuse the same paths.
 */
export type Containment = { readonly kind: 'kernel' } | { readonly kind: 'walk'; readonly reason: string };

/**
 * Tries openat2 on the root itself, so that what is reported is what works here: an old kernel or a container's filter
 * makes it fail, and an emulated kernel could accept the call and ignore its rules.
 */
export function chooseContainment(powers: FsPowers, rootFd: number): Containment {
  const { openBeneath } = powers;
  if (openBeneath.kind === 'unavailable') return { kind: 'walk', reason: openBeneath.reason };
  const inside = openBeneath.open(rootFd, '.', PIN_FLAGS);
  if (inside.kind === 'failed') return { kind: 'walk', reason: `openat2 failed with ${inside.errno}` };
  powers.close(inside.fd);
  const outside = openBeneath.open(rootFd, '..', PIN_FLAGS);
  if (outside.kind === 'failed') return { kind: 'kernel' };
  powers.close(outside.fd);
  return { kind: 'walk', reason: 'openat2 ignored RESOLVE_BENEATH' };
}
