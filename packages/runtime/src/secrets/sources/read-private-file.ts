import { SecretFailure } from '../secret-failure.ts';
import type { SecretPowers } from '../secret-powers.ts';

const MAX_FILE_BYTES = 256 * 1024;

/**
 * The text of a file that only this process's user can have written and read; undefined when there is no such file. Facts are
 * those of the file that was opened, so nobody can put another in its place in between.
 *
 * @throws SecretFailure when anybody else may read it, when somebody else owns it, or when it is no regular file
 */
export async function readPrivateText(path: string, powers: SecretPowers): Promise<string | undefined> {
  const user = powers.user();
  const reading = await powers.readFile(path, ({ isFile, mode, owner, size }) => {
    if (user === undefined) return 'this system does not say who may read it';
    if (!isFile) return 'it is not a regular file';
    if ((mode & 0o077) !== 0) return `others may use it (mode 0${mode.toString(8)} instead of 0600)`;
    if (owner !== user && owner !== 0) return 'somebody else owns it';
    return size > MAX_FILE_BYTES ? 'it is too large' : undefined;
  });
  if (reading.kind === 'missing') return undefined;
  if (reading.kind === 'refused')
    throw new SecretFailure('ERR_CARAPACE_SECRET_SOURCE', `Cannot read secrets from "${path}": ${reading.state}`);
  return reading.text;
}
