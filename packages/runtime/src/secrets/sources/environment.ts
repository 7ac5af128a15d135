import { SecretFailure } from '../secret-failure.ts';
import { nodeSecretPowers, type SecretPowers } from '../secret-powers.ts';
import type { SecretSource } from '../secret-source.ts';
import { isSecretName } from '../secret-value.ts';

/** Which variables are secrets. One of the two has to be given. */
export interface EnvironmentOptions {
  /** Variables with just these names. */
  readonly names?: readonly string[];
  /** All variables that begin with this; the rest of the name is the name of the secret. */
  readonly prefix?: string;
  /** Leave the variables where they are. Default: they are taken out, so that no child process and no dump has them. */
  readonly keep?: boolean;
}

/**
 * Secrets from environment variables, read once, when this is called. Empty variables count as absent.
 *
 * @throws SecretFailure when neither names nor a prefix are given
 */
export function environment(
  { names, prefix, keep = false }: EnvironmentOptions,
  { environment: variables }: Pick<SecretPowers, 'environment'> = nodeSecretPowers,
): SecretSource {
  if (names === undefined && (prefix === undefined || prefix === ''))
    throw new SecretFailure('ERR_CARAPACE_SECRET_SOURCE', 'Cannot read the environment: neither names nor a prefix');
  const values = new Map<string, string>();
  for (const [variable, name] of chosen(variables, names, prefix)) {
    const value = variables[variable];
    if (value === undefined || value === '') continue;
    values.set(name, value);
    if (!keep) delete variables[variable];
  }
  return {
    kind: 'environment',
    names: async () => [...values.keys()],
    read: async (name) => {
      const value = values.get(name);
      return value === undefined ? undefined : { value };
    },
  };
}

function chosen(
  variables: Readonly<Record<string, string | undefined>>,
  names: readonly string[] | undefined,
  prefix: string | undefined,
): readonly (readonly [variable: string, name: string])[] {
  const named = (names ?? []).map((name) => [name, name] as const);
  if (prefix === undefined || prefix === '') return named;
  const prefixed = Object.keys(variables)
    .filter((variable) => variable.startsWith(prefix) && isSecretName(variable.slice(prefix.length)))
    .map((variable) => [variable, variable.slice(prefix.length)] as const);
  return [...named, ...prefixed];
}
