import { type ErrorRow, MANIFEST_ERROR_CODES } from '@carapace/manifest';
import { AUDIT_ERRORS, MOUNT_ERRORS, RESULT_CODES, RUNTIME_ERRORS, SECRET_ERRORS } from '@carapace/runtime';
import { anchored, generatedFrom, markdownTable } from './markdown-table.ts';
import { refusalsSection } from './refusals-section.ts';

function tableOf(rows: Readonly<Record<string, ErrorRow>>): string {
  const cells = Object.entries(rows).map(([name, { category, retryable, exitCode, meaning, fix }]) => {
    return [anchored(name), category, retryable ? 'yes' : 'no', String(exitCode), meaning, fix];
  });
  return markdownTable(['code', 'category', 'retryable', 'exit code', 'meaning', 'fix'], cells);
}

function resultTable(): string {
  const cells = Object.entries(RESULT_CODES).map(([name, { sentence, hint, retryable }]) => {
    return [anchored(name), retryable ? 'yes' : 'no', sentence, hint];
  });
  return markdownTable(['code', 'retryable', 'what the model is told', 'and what to do'], cells);
}

/** Every code of every package, once. */
export function errorsPage(): string {
  return `${generatedFrom('the error tables of the packages')}

# Error codes

Codes are the contract: they are never renamed or reused, messages may change. Every code is \`ERR_CARAPACE_<AREA>_<CONDITION>\`.
\`isCarapaceError(error, code)\` of \`@carapace/manifest\` recognises the errors of the first five tables, also across two
copies of a package.

- An error that **rejects** (or throws) is for the program that embeds carapace: [runtime](#runtime), [audit](#audit),
  [manifest](#manifest), [mounts](#mounts), [sources of secrets](#sources-of-secrets).
- A code in a **result** is for the model: [results](#results). The promise of the call resolves.
- A code on an **error inside the skill** is for its author: [files](#files), [network](#network), [secrets](#secrets).

"Retryable" means that the same action may succeed later without any change. Exit codes follow sysexits.h and are what a command
that ends with the error should return.

## Runtime

Thrown by \`createRuntime\`, \`runtime.load\` and \`skill.call\`. Class \`RuntimeFailure\`.

${tableOf(RUNTIME_ERRORS)}

## Audit

Class \`AuditFailure\`.

${tableOf(AUDIT_ERRORS)}

## Manifest

Thrown by \`parseManifest\`, \`parseManifestText\`, \`parseSkillMarkdown\`, \`compileToolSchema\` and \`runtime.load\`. Class
\`ManifestInvalid\`; its \`issues\` hold every problem with JSON pointer, rule and fix. [The manifest](manifest.md) explains every rule.

${tableOf(MANIFEST_ERROR_CODES)}

## Mounts

Thrown by \`runtime.load\` when a directory cannot be opened safely. Class \`MountRootError\`. Messages name host paths: not for a model.

${tableOf(MOUNT_ERRORS)}

## Sources of secrets

Thrown by \`createRuntime\` and by the functions that make sources. Class \`SecretFailure\`. No message holds a value.

${tableOf(SECRET_ERRORS)}

## Results

\`result.code\` of a call that did not succeed. A result has neither category nor exit code.

The \`ERR_CARAPACE_PERMISSION_FS_…\` codes are reserved here: a refused effect reaches the skill as an error ([below](#refusals)), and
when the skill does not catch it the result is \`ERR_CARAPACE_SKILL_THREW\`.

${resultTable()}

${refusalsSection()}
`;
}
