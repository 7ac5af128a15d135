/**
 * What is fresh for a call: `call`, the process; `skill`, everything the skill can see; `session`, nothing, because a
 * process and its state are kept for all calls with one session key.
 */
export type Isolation = 'call' | 'skill' | 'session';

/** Every profile, strongest first. */
export const ISOLATION_PROFILES: readonly Isolation[] = Object.freeze(['call', 'skill', 'session']);

/** What holds when a manifest is silent: state between calls is something an author has to ask for. */
export const DEFAULT_ISOLATION: Isolation = 'skill';

/** The strongest of several wishes, so that nobody's wish can weaken another's. Without any, or with an unknown word: `call`. */
export function strongestIsolation(...profiles: readonly Isolation[]): Isolation {
  return ISOLATION_PROFILES[Math.min(...profiles.map((profile) => ISOLATION_PROFILES.indexOf(profile)))] ?? 'call';
}
