import { defineErrorCodes, type ErrorCategory, type ErrorTable } from '@carapace/manifest/base';
import type { EffectRefusal } from '../host/broker/effect.ts';

interface SecretCodeRow {
  readonly category: ErrorCategory;
  /** The whole text that crosses to the guest: no value, and nothing about where values come from. */
  readonly toSkill: string;
  /** What the guest's `fetch` rejects with; file functions reject with their own errors. */
  readonly guest: 'TypeError';
}

const row = (category: ErrorCategory, toSkill: string): SecretCodeRow => ({ category, toSkill, guest: 'TypeError' });

export type SecretCode =
  | 'ERR_CARAPACE_PERMISSION_SECRET_TARGET'
  | 'ERR_CARAPACE_PERMISSION_SECRET_PLACE'
  | 'ERR_CARAPACE_PERMISSION_SECRET_CREDENTIAL'
  | 'ERR_CARAPACE_PERMISSION_SECRET_LEAK'
  | 'ERR_CARAPACE_PERMISSION_SECRET_FILE'
  | 'ERR_CARAPACE_SECRET_UNAVAILABLE'
  | 'ERR_CARAPACE_SECRET_SIGNING';

/** Every way a secret keeps a request from being sent. */
export const SECRET_CODES: Readonly<Record<SecretCode, SecretCodeRow>> = {
  ERR_CARAPACE_PERMISSION_SECRET_TARGET: row('security', 'Cannot send secret: it is not meant for this URL'),
  ERR_CARAPACE_PERMISSION_SECRET_PLACE: row('security', 'Cannot send secret: its placeholder stands where it must not'),
  ERR_CARAPACE_PERMISSION_SECRET_CREDENTIAL: row(
    'security',
    'Cannot fetch URL: its host gets credentials from carapace alone, and the request brings its own',
  ),
  ERR_CARAPACE_PERMISSION_SECRET_LEAK: row('security', 'Cannot fetch URL: the request holds the value of a secret'),
  ERR_CARAPACE_PERMISSION_SECRET_FILE: row('security', 'Cannot write file: the content holds the value of a secret'),
  ERR_CARAPACE_SECRET_UNAVAILABLE: row('system', 'Cannot send secret: it has no usable value'),
  ERR_CARAPACE_SECRET_SIGNING: row('system', 'Cannot sign the request'),
};

/** Which check said no, for the audit trail. */
export const SECRET_RULES = {
  'secret-scheme': 'ERR_CARAPACE_PERMISSION_SECRET_TARGET',
  'secret-host': 'ERR_CARAPACE_PERMISSION_SECRET_TARGET',
  'secret-port': 'ERR_CARAPACE_PERMISSION_SECRET_TARGET',
  'secret-path': 'ERR_CARAPACE_PERMISSION_SECRET_TARGET',
  'secret-in-url': 'ERR_CARAPACE_PERMISSION_SECRET_PLACE',
  'secret-in-query': 'ERR_CARAPACE_PERMISSION_SECRET_PLACE',
  'secret-in-header': 'ERR_CARAPACE_PERMISSION_SECRET_PLACE',
  'secret-in-header-name': 'ERR_CARAPACE_PERMISSION_SECRET_PLACE',
  'secret-in-basic': 'ERR_CARAPACE_PERMISSION_SECRET_PLACE',
  'secret-in-body': 'ERR_CARAPACE_PERMISSION_SECRET_PLACE',
  'secret-repeated': 'ERR_CARAPACE_PERMISSION_SECRET_PLACE',
  'own-credential-header': 'ERR_CARAPACE_PERMISSION_SECRET_CREDENTIAL',
  'own-credential-query': 'ERR_CARAPACE_PERMISSION_SECRET_CREDENTIAL',
  'secret-leak': 'ERR_CARAPACE_PERMISSION_SECRET_LEAK',
  'secret-in-file': 'ERR_CARAPACE_PERMISSION_SECRET_FILE',
  'secret-missing': 'ERR_CARAPACE_SECRET_UNAVAILABLE',
  'secret-source-failed': 'ERR_CARAPACE_SECRET_UNAVAILABLE',
  'secret-unfit': 'ERR_CARAPACE_SECRET_UNAVAILABLE',
  'signer-unknown': 'ERR_CARAPACE_SECRET_SIGNING',
  'signer-streamed-body': 'ERR_CARAPACE_SECRET_SIGNING',
  'signer-failed': 'ERR_CARAPACE_SECRET_SIGNING',
} as const;

export type SecretRule = keyof typeof SECRET_RULES;

/** The refusal that a rule stands for. */
export function secretRefusal(rule: SecretRule, remedy?: string): EffectRefusal {
  const code = SECRET_RULES[rule];
  const base = { code, rule, toSkill: SECRET_CODES[code].toSkill };
  return remedy === undefined ? base : { ...base, remedy };
}

/** Codes of what is wrong with the operator's own settings. */
export type SecretErrorCode = 'ERR_CARAPACE_SECRET_VALUE' | 'ERR_CARAPACE_SECRET_SOURCE';

/** What the operator has to put right before a runtime starts. */
export const SECRET_ERRORS: ErrorTable<SecretErrorCode> = defineErrorCodes<SecretErrorCode>({
  ERR_CARAPACE_SECRET_VALUE: {
    category: 'user',
    retryable: false,
    exitCode: 78,
    meaning: 'A secret has a value that cannot be sent, or that could not be told from ordinary text.',
    fix: 'Store 8 characters to 8 KiB without control characters and without spaces at either end.',
  },
  ERR_CARAPACE_SECRET_SOURCE: {
    category: 'user',
    retryable: false,
    exitCode: 78,
    meaning:
      'A source of secrets cannot be used: a file that others may read, a provider that fails, settings that make no sense.',
    fix: 'Follow the state in the message; for a file, give it to the user of the process with mode 0600.',
  },
});
