import { type GitHub, pathOf } from './github/client.ts';
import { isFields } from './github/fields.ts';
import { type Issue, readIssue } from './github/issue.ts';

export interface ReadInput {
  readonly repository: string;
  readonly number: number;
}

export interface ReadOutput extends Issue {
  /** Markdown. */
  readonly body: string;
  /** True when the body is longer than one answer. */
  readonly cut: boolean;
}

/** Characters in one answer: about 5,000 tokens. */
export const LONGEST_BODY = 20_000;

export async function readOne(ask: GitHub, { repository, number }: ReadInput): Promise<ReadOutput> {
  const answer = await ask({ path: pathOf('repos', repository, 'issues', String(number)) });
  const fields = isFields(answer) ? answer : {};
  const body = typeof fields['body'] === 'string' ? fields['body'] : '';
  return { ...readIssue(fields), body: body.slice(0, LONGEST_BODY).toWellFormed(), cut: body.length > LONGEST_BODY };
}
