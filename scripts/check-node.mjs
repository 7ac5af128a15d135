/**
 * Stops early on a Node that cannot run carapace. A plain JavaScript file, because an older Node could not even parse a
 * TypeScript guard; isolated-vm 7 exists for Node 24 and 26 only.
 *
 * Runs before the npm scripts, and as vitest's global set-up for those who start vitest by its bare path.
 */
import { pathToFileURL } from 'node:url';

const MINIMUM = [24, 15];

/**
 * @param {string} version as in `process.versions.node`
 * @returns {string | undefined} what to tell the user, or nothing when this Node will do
 */
export function refusalFor(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) {
    return undefined;
  }
  return (
    `Cannot run with Node ${version}: carapace needs Node ${MINIMUM.join('.')} or newer.\n` +
    'The repository brings its own: run `npm ci` without --ignore-scripts, then use npm scripts or npx.'
  );
}

/** Global set-up of vitest. */
export function setup() {
  const refusal = refusalFor(process.versions.node);
  if (refusal !== undefined) {
    throw new Error(refusal);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const refusal = refusalFor(process.versions.node);
  if (refusal !== undefined) {
    process.stderr.write(`${refusal}\n`);
    process.exitCode = 1;
  }
}
