import { type Fields, isFields, listIn, numberIn, textIn } from './fields.ts';

/** An issue as it is shown in a list. */
export interface Issue {
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly state: string;
  readonly author: string | null;
  readonly labels: readonly string[];
  readonly comments: number;
  /** ISO 8601, UTC. */
  readonly updated: string;
  readonly url: string;
}

/** GitHub lists pull requests among the issues; they carry a field of their own. */
export function isPullRequest(fields: Fields): boolean {
  return isFields(fields['pull_request']);
}

/** @see https://docs.github.com/en/rest/issues/issues */
export function readIssue(fields: Fields): Issue {
  const url = textIn(fields, 'html_url');
  const { user } = fields;
  return {
    repository: url.split('/').slice(3, 5).join('/'),
    number: numberIn(fields, 'number'),
    title: textIn(fields, 'title'),
    state: textIn(fields, 'state'),
    // Null for an account that is gone.
    author: isFields(user) ? textIn(user, 'login') : null,
    labels: listIn(fields['labels'], 'labels').map((label) => textIn(label, 'name')),
    comments: numberIn(fields, 'comments'),
    updated: textIn(fields, 'updated_at'),
    url,
  };
}
