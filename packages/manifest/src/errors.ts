import { CarapaceError } from './carapace-error.ts';
import { MANIFEST_ERROR_CODES, type ManifestErrorCode } from './error-codes.ts';
import { formatIssue, type ManifestIssue } from './manifest-issue.ts';

const SHOWN_IN_MESSAGE = 20;

/** A manifest, a SKILL.md or a tool schema was refused. `issues` holds every problem found, never only the first. */
export class ManifestInvalid extends CarapaceError<ManifestErrorCode> {
  readonly issues: readonly ManifestIssue[];

  constructor(code: ManifestErrorCode, what: string, issues: readonly ManifestIssue[]) {
    super(code, MANIFEST_ERROR_CODES[code], describe(what, issues), { detail: { issueCount: issues.length } });
    this.issues = Object.freeze(issues.map((issue) => Object.freeze({ ...issue })));
  }
}

function describe(what: string, issues: readonly ManifestIssue[]): string {
  const shown = issues.slice(0, SHOWN_IN_MESSAGE).map((issue) => `  ${formatIssue(issue)}`);
  const hidden = issues.length - shown.length;
  const rest = hidden > 0 ? [`  and ${hidden} more`] : [];
  const count = issues.length === 1 ? '1 issue' : `${issues.length} issues`;
  return [`Cannot parse ${what}: ${count}`, ...shown, ...rest].join('\n');
}
