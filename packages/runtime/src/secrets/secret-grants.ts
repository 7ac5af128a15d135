import type { SecretPlace } from '@carapace/manifest/base';

/** A place that one secret may go to, ready to be asked. */
export interface SecretGrant {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Glob on the path, for the remedy of a refusal. */
  readonly path: string;
  readonly coversPath: (pathname: string) => boolean;
  readonly in: SecretPlace;
}
