import { SecretFailure } from '../secret-failure.ts';
import { nodeSecretPowers, type SecretPowers } from '../secret-powers.ts';
import type { SecretSource } from '../secret-source.ts';
import { isSecretName } from '../secret-value.ts';
import { parseEnvFile } from './parse-env-file.ts';
import { readPrivateText } from './read-private-file.ts';

/**
 * Secrets from a `.env` file that belongs to the user of the process, or to root, and has mode 0600 or less. Names that are no
 * secret names are left out, so that settings may stand in the same file. A changed file counts from the next request on.
 */
export function envFile(path: string, powers: SecretPowers = nodeSecretPowers): SecretSource {
  const read = async (): Promise<ReadonlyMap<string, string>> => {
    const text = await readPrivateText(path, powers);
    if (text === undefined) throw failure(path, 'it does not exist');
    const { values, badLines } = parseEnvFile(text);
    if (badLines.length > 0) throw failure(path, `line ${badLines.join(', ')} is not NAME=value`);
    return new Map([...values].filter(([name, value]) => isSecretName(name) && value !== ''));
  };
  return {
    kind: 'env-file',
    names: async () => [...(await read()).keys()],
    read: async (name) => {
      const value = (await read()).get(name);
      return value === undefined ? undefined : { value };
    },
    revision: () => powers.fileRevision(path),
  };
}

function failure(path: string, state: string): SecretFailure {
  return new SecretFailure('ERR_CARAPACE_SECRET_SOURCE', `Cannot read secrets from "${path}": ${state}`);
}
