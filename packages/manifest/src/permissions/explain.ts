import { escapeText } from '../escape-text.ts';
import type { FsPermission, NetPermission, PermissionSet, SecretPermission } from '../permission.ts';

const LONGEST_TEXT = 300;

/** What a set allows, one plain sentence part per entry ("read and list …"), safe to print. Empty when it allows nothing. */
export function explain(permissions: PermissionSet): readonly string[] {
  return [
    ...permissions.fs.filter(allowsFs).map(explainFs),
    ...permissions.net.filter(allowsNet).map(explainNet),
    ...permissions.secrets.map(explainSecret),
    ...(permissions.jit ? [JIT_WORDS] : []),
  ];
}

/** Words for the permission to run compiled code. */
export const JIT_WORDS = 'run compiled code, for which its process gets executable memory';

/** Words for the isolation profile `session`. */
export const STATE_WORDS = 'keep state between calls of one session';

/** An entry with an empty list allows nothing. */
export function allowsFs({ access, match }: FsPermission): boolean {
  return access.length > 0 && match.length > 0;
}

/** An entry with an empty list allows nothing. */
export function allowsNet({ ports, methods, paths }: NetPermission): boolean {
  return ports.length > 0 && methods.length > 0 && paths.length > 0;
}

/** One directory in words. */
export function explainFs({ access, path, mount, match, except }: FsPermission): string {
  const only = match.includes('**') ? '' : ` that match ${joined(match, 'or')}`;
  const never = except.length === 0 ? '' : `, never ${joined(except, 'or')}`;
  return `${joined(access, 'and')} files${only} in ${shown(path)} (as /${mount})${never}`;
}

/** One host in words. */
export function explainNet({ host, scheme, ports, methods, paths, query }: NetPermission): string {
  const standard = ports.length === 1 && ports[0] === (scheme === 'https' ? 443 : 80);
  const port = standard ? '' : ` port ${joined(ports.map(String), 'or')}`;
  const where = paths.includes('/**') ? '' : `, only ${joined(paths, 'or')}`;
  const parameters =
    query === undefined ? '' : query.length === 0 ? ', without query' : `, with query ${joined(query, 'and')}`;
  return `send ${joined(methods, 'and')} requests to ${scheme}://${shown(host)}${port}${where}${parameters}`;
}

/** One secret in words. */
export function explainSecret(secret: SecretPermission): string {
  const { name, host, port, path, in: place } = secret;
  const at = port === 443 ? '' : `:${port}`;
  const where =
    place.kind === 'header' ? `the header ${shown(place.header)}` : `the query parameter ${shown(place.query)}`;
  return `have the secret ${shown(name)} sent to https://${shown(host)}${at}${shown(path)} in ${where}, without seeing it`;
}

/** Author's text, made safe to print: hidden characters written out, cut to a line. */
export function shown(text: string): string {
  const escaped = escapeText(text);
  return escaped.length <= LONGEST_TEXT ? escaped : `${escaped.slice(0, LONGEST_TEXT)}…`;
}

function joined(words: readonly string[], last: 'and' | 'or'): string {
  const safe = words.map(shown);
  return safe.length < 2 ? safe.join('') : `${safe.slice(0, -1).join(', ')} ${last} ${safe.at(-1) ?? ''}`;
}
