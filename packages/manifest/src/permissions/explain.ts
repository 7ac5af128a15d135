import { assertNever } from '../assert-never.ts';
import { escapeText } from '../escape-text.ts';
import type {
  DataPermission,
  FsPermission,
  NetPermission,
  PermissionSet,
  SecretPermission,
  SecretPlace,
} from '../permission.ts';

const LONGEST_TEXT = 300;

/** What a set allows, one plain sentence part per entry ("read and list …"), safe to print. Empty when it allows nothing. */
export function explain(permissions: PermissionSet): readonly string[] {
  return [
    ...permissions.fs.filter(allowsFs).map(explainFs),
    ...permissions.net.filter(allowsNet).map(explainNet),
    ...permissions.secrets.map(explainSecret),
    ...(permissions.data === undefined ? [] : [explainData(permissions.data)]),
    ...(permissions.jit ? [JIT_WORDS] : []),
  ];
}

/** Words for the permission to run compiled code. */
export const JIT_WORDS = 'run compiled code, for which its process gets executable memory';

/** Words for the permission to keep data. */
export const DATA_WORDS = 'keep files of its own between calls (as /data)';

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
  const target = `https://${shown(host)}${at}${shown(path)}`;
  if (place.kind === 'signature')
    return `have requests to ${target} signed (${shown(place.signer)}) with the secret ${shown(name)}, without seeing it`;
  return `have the secret ${shown(name)} sent to ${target} in ${placeWords(place)}, without seeing it`;
}

function placeWords(place: Exclude<SecretPlace, { kind: 'signature' }>): string {
  switch (place.kind) {
    case 'header':
      return `the header ${shown(place.header)}`;
    case 'query':
      return `the query parameter ${shown(place.query)}`;
    case 'basic':
      return place.username === undefined
        ? 'a basic authentication under any user name'
        : `the basic authentication of ${shown(place.username)}`;
    default:
      return assertNever(place);
  }
}

/** The private directory in words. */
export function explainData({ quotaMiB, files }: DataPermission): string {
  return `${DATA_WORDS}, at most ${quotaMiB} MiB and ${files} files`;
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
