/**
 * The peers that the bench installs, each with its exact version. They are no dependencies of the project: nothing but the
 * bench ever loads them, and nothing of theirs runs at install.
 */
export const PEER_PACKAGES = {
  deno: '2.9.6',
  workerd: '1.20261117.1',
  'quickjs-emscripten': '0.32.0',
  'secure-exec': '0.2.1',
} as const;

export type PeerPackage = keyof typeof PEER_PACKAGES;
