import { defineErrorCodes, type ErrorTable } from './error-row.ts';

/** Every code this package can throw. */
export type ManifestErrorCode =
  | 'ERR_CARAPACE_MANIFEST_SYNTAX'
  | 'ERR_CARAPACE_MANIFEST_SCHEMA'
  | 'ERR_CARAPACE_MANIFEST_RULE'
  | 'ERR_CARAPACE_MANIFEST_UNSUPPORTED_VERSION'
  | 'ERR_CARAPACE_MANIFEST_TOO_LARGE';

const invalid = { category: 'user', retryable: false, exitCode: 65 } as const;

/** The error table of this package. */
export const MANIFEST_ERROR_CODES: ErrorTable<ManifestErrorCode> = defineErrorCodes<ManifestErrorCode>({
  ERR_CARAPACE_MANIFEST_SYNTAX: {
    ...invalid,
    meaning: 'The text is not strict JSON (or, for SKILL.md, not plain YAML frontmatter), or holds a key twice.',
    fix: 'Correct the text at the line and column of each issue.',
  },
  ERR_CARAPACE_MANIFEST_SCHEMA: {
    ...invalid,
    meaning: 'A field is unknown, missing or of the wrong form.',
    fix: 'Follow the fix of each issue; the manifest reference lists every field.',
  },
  ERR_CARAPACE_MANIFEST_RULE: {
    ...invalid,
    meaning: 'Every field has the right form, but a value breaks a rule.',
    fix: 'Follow the fix of each issue; the manifest reference lists every rule.',
  },
  ERR_CARAPACE_MANIFEST_UNSUPPORTED_VERSION: {
    ...invalid,
    meaning: 'The manifest was written for another version of the format.',
    fix: 'Set "manifestVersion" to 1, or use a carapace that knows the newer format.',
  },
  ERR_CARAPACE_MANIFEST_TOO_LARGE: {
    ...invalid,
    meaning: 'The document is larger, deeper or richer in values than any real manifest.',
    fix: 'Shorten it: move long texts into SKILL.md and large data into the bundle.',
  },
});
