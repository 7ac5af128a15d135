import { ruleOfErrno } from './errno-rule.ts';
import { type FsPowers, type OpenBeneath, PIN_FLAGS } from './fs-powers.ts';
import { type FsRefusal, refuse } from './fs-refusal.ts';
import { OwnedFd } from './owned-fd.ts';

/** openat2 answers EAGAIN when a rename raced with the resolution. Bounded: a guest's ally could rename for ever. */
const MAX_ATTEMPTS = 16;

/** Pins the entry in one openat2 call. A link as the last component comes back pinned, for the gate to refuse. */
export function pinByKernel(
  open: OpenBeneath,
  powers: FsPowers,
  rootFd: number,
  components: readonly string[],
): OwnedFd | FsRefusal {
  const path = components.length === 0 ? '.' : components.join('/');
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const result = open(rootFd, path, PIN_FLAGS);
    if (result.kind === 'opened') return new OwnedFd(result.fd, powers.close);
    if (result.errno !== 'EAGAIN') return refuse(ruleOfErrno(result.errno));
  }
  return refuse('race-persisted');
}
