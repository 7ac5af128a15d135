import type { RuntimeOptions } from '@carapace/runtime';

/** The three isolation profiles, weakest last. */
const ISOLATIONS = ['call', 'skill', 'session'] as const;
export type VariantIsolation = (typeof ISOLATIONS)[number];

const NAMESPACES = ['auto', 'off'] as const;

/**
 * Under which of its settings the sandbox is attacked in this run: `npm run test:matrix` sets both, `npm test` attacks the
 * defaults. `session` is the weakest profile that is allowed, so a case that gives no session key runs as `skill`.
 */
export const VARIANT: {
  readonly isolation: VariantIsolation;
  readonly namespaces: (typeof NAMESPACES)[number];
  /** Not only allowed, as by default, but what this run is about. */
  readonly asksForNamespaces: boolean;
} = {
  isolation: choose('CARAPACE_TEST_ISOLATION', ISOLATIONS, 'call'),
  namespaces: choose('CARAPACE_TEST_NAMESPACES', NAMESPACES, 'auto'),
  asksForNamespaces: process.env['CARAPACE_TEST_NAMESPACES'] === 'auto',
};

/** The options of a runtime under attack; what a case says itself comes on top. */
export function underVariant(options: RuntimeOptions = {}): RuntimeOptions {
  const { isolation, namespaces } = VARIANT;
  return { isolation, namespaces, ...options };
}

let sessions = 0;

/** Options of a call that shares its session with no other: two attacks in one process would blur whose effect is seen. */
export function callOptions(): { readonly session?: string } {
  sessions += 1;
  return VARIANT.isolation === 'session' ? { session: `session-${sessions}` } : {};
}

function choose<Name extends string>(variable: string, names: readonly Name[], standard: Name): Name {
  const wish = process.env[variable];
  if (wish === undefined || wish === '') return standard;
  const found = names.find((name) => name === wish);
  if (found === undefined) throw new RangeError(`Cannot use ${variable} "${wish}": not one of ${names.join(', ')}`);
  return found;
}
