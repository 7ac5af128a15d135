/** One problem in a manifest. */
export interface ManifestIssue {
  /** JSON pointer (RFC 6901) to the value at fault; the empty string is the whole document. */
  readonly pointer: string;
  /** 1-based line, when the issue was found in a text. */
  readonly line?: number;
  /** 1-based column in UTF-16 code units, when the issue was found in a text. */
  readonly column?: number;
  /** Stable id of the rule that was broken. */
  readonly rule: string;
  readonly message: string;
  /** What to write instead. */
  readonly fix?: string;
}

/** One line for people: place, message, fix, rule id. */
export function formatIssue(issue: ManifestIssue): string {
  const place = issue.pointer === '' ? '(document)' : issue.pointer;
  const position = issue.line === undefined ? '' : `:${issue.line}:${issue.column ?? 1}`;
  const fix = issue.fix === undefined ? '' : `; ${issue.fix}`;
  return `${place}${position} ${issue.message}${fix} [${issue.rule}]`;
}
