import type { Isolation } from '@carapace/manifest';
import { type CallOptions, checkName } from './call-options.ts';
import { chooseIsolation, type IsolationBound } from './policy/choose-isolation.ts';

/** Where a call runs: under which isolation, for whom, and in which session if it has one. */
export interface CallPlace {
  readonly isolation: Isolation;
  readonly tenant: string;
  readonly session?: string;
}

const DEFAULT_TENANT = 'default';

/**
 * Decides the place of one call. A call without a session key has no session to come back to, so it gets the next stronger
 * isolation.
 *
 * @throws RuntimeFailure ERR_CARAPACE_RUNTIME_ISOLATION, TypeError for a tenant or session that cannot be a name
 */
export function choosePlace(options: CallOptions, bound: IsolationBound): CallPlace {
  const tenant = options.tenant === undefined ? DEFAULT_TENANT : checkName('tenant', options.tenant);
  const session = options.session === undefined ? undefined : checkName('session', options.session);
  const isolation = chooseIsolation(options.isolation, bound);
  if (isolation !== 'session') return { isolation, tenant };
  return session === undefined ? { isolation: 'skill', tenant } : { isolation, tenant, session };
}
