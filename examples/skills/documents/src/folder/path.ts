/** How a model may spell the mount in front of a path: it has seen virtual paths in error messages. */
const MOUNT_PREFIX = /^\/docs(?=\/|$)/u;

/**
 * Brings a path from a model to the one spelling the rest of the skill uses: `./notes/`, `/docs/notes` and `notes` are
 * the same folder. The host decides what may be opened; this only gives an early and clear answer.
 *
 * @throws Error for a path with `..`, which no spelling of a granted file needs.
 */
export function normalizePath(path: string): string {
  const parts = path
    .replace(MOUNT_PREFIX, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) {
    throw new Error(`Cannot open "${path}": paths are relative to the documents folder and stay inside it`);
  }
  return parts.join('/');
}
