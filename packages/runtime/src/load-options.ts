import type { Isolation } from '@carapace/manifest';
import type { GrantRequest } from './policy/resolve-grants.ts';

/** What the operator agrees to for one skill, and how it is to be kept apart. */
export interface LoadOptions extends GrantRequest {
  /** A stronger isolation than runtime and manifest allow. Default: what they allow. */
  readonly isolation?: Isolation;
}
