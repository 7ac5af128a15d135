import { join } from 'node:path';
import { SecretFailure } from '../secret-failure.ts';
import { nodeSecretPowers, type SecretPowers } from '../secret-powers.ts';
import type { SecretSource } from '../secret-source.ts';
import { isSecretName } from '../secret-value.ts';
import { readPrivateText } from './read-private-file.ts';

/** Where the files are. */
export type SecretFilesOptions =
  /** Every file whose name is the name of a secret; others are left out. */
  | { readonly directory: string }
  /** By name of the secret, the path of its file. */
  | { readonly files: Readonly<Record<string, string>> };

/**
 * Secrets from files that hold one value each, with at most one line break at the end. Each belongs to the user of the process, or
 * to root, has mode 0600 or less, and is no link. A changed file counts from the next request on.
 */
export function secretFiles(options: SecretFilesOptions, powers: SecretPowers = nodeSecretPowers): SecretSource {
  const paths = 'files' in options ? new Map(Object.entries(options.files)) : undefined;
  const pathOf = (name: string): string | undefined => {
    if (!isSecretName(name)) return undefined;
    return 'directory' in options ? join(options.directory, name) : paths?.get(name);
  };
  return {
    kind: 'file',
    names: async () => ('directory' in options ? namesIn(options.directory, powers) : [...(paths?.keys() ?? [])]),
    read: async (name) => {
      const path = pathOf(name);
      const text = path === undefined ? undefined : await readPrivateText(path, powers);
      return text === undefined ? undefined : { value: text.replace(/\r?\n$/, '') };
    },
    revision: async (name) => {
      const path = pathOf(name);
      return path === undefined ? undefined : powers.fileRevision(path);
    },
  };
}

async function namesIn(directory: string, powers: SecretPowers): Promise<readonly string[]> {
  try {
    return (await powers.fileNames(directory)).filter(isSecretName);
  } catch {
    // Whatever the reason, its text is the system's own and of no more help than this.
    const message = `Cannot read secrets from "${directory}": it is not a directory that can be listed`;
    throw new SecretFailure('ERR_CARAPACE_SECRET_SOURCE', message);
  }
}
