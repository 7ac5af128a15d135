import { parseUrlPathPattern, type SecretPermission, urlPathMatches } from '@carapace/manifest';
import type { SecretGrant } from './secret-grants.ts';

/** Readies the secrets of a permission set. Needs the manifest package, so it belongs to loading. */
export function compileSecretGrants(permissions: readonly SecretPermission[]): readonly SecretGrant[] {
  return permissions.map(({ name, host, port, path, in: place }) => {
    const pattern = parseUrlPathPattern(path);
    const coversPath = (pathname: string): boolean => pattern !== undefined && urlPathMatches(pattern, pathname);
    return { name, host, port, path, coversPath, in: place };
  });
}
