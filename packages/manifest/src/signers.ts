/** A signer that every carapace has, as a manifest names it. */
export interface SignerSpec {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Header the signature goes into, and the placeholder stands in. */
  readonly header: string;
  readonly meaning: string;
}

/** Signers that every carapace has. An operator may add others; of those a manifest cannot know the options. */
export const SIGNERS: ReadonlyMap<string, SignerSpec> = new Map([
  [
    'aws-sigv4',
    {
      required: ['region', 'service'],
      optional: [],
      header: '`authorization`',
      meaning:
        'AWS Signature Version 4; the secret is `ACCESS_KEY_ID:SECRET_ACCESS_KEY`, with `:SESSION_TOKEN` if there is one',
    },
  ],
  [
    'hmac-sha256',
    {
      required: [],
      optional: ['header', 'prefix', 'encoding', 'message', 'timestampHeader'],
      header: '`x-signature`, or the option `header`',
      meaning:
        'HMAC-SHA-256 over `message`, by default `{body}`; it may also hold `{method}`, `{host}`, `{path}`, `{query}` and `{timestamp}`, the time in seconds that `timestampHeader` then carries. `encoding` is `hex` (default) or `base64`, `prefix` stands before it',
    },
  ],
]);
