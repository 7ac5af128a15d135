import type { FsAccess } from './mount-grant.ts';

const MAX_SHOWN = 200;

/** For the operator: which words an `access` list lacks. */
export function accessRemedy(mount: string, words: readonly FsAccess[]): string {
  return `permissions.fs: add ${words.map(quoted).join(' and ')} to "access" of mount ${quoted(mount)}`;
}

export function scopeRemedy(mount: string, relative: string): string {
  return `permissions.fs: let "match" of mount ${quoted(mount)} cover ${quoted(relative)}, and "except" leave it out`;
}

export function mountRemedy(mount: string): string {
  return `permissions.fs: declare and grant a mount ${quoted(mount)}`;
}

/** Nothing in a manifest can allow it. */
export function nameRemedy(mount: string): string {
  return `load option: name mount ${quoted(mount)} in "allowDangerousNames", which no manifest can ask for`;
}

export function quotaRemedy(field: 'quotaMiB' | 'files'): string {
  return `permissions.data: raise ${quoted(field)}`;
}

/** Names come from the guest: JSON keeps quotes and line ends from breaking out of the sentence. */
function quoted(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
}
