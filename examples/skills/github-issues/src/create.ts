import { type GitHub, pathOf } from './github/client.ts';
import { isFields } from './github/fields.ts';
import { type Issue, readIssue } from './github/issue.ts';

export interface CreateInput {
  readonly repository: string;
  readonly title: string;
  readonly body?: string;
  readonly labels?: readonly string[];
}

/** Files an issue. Everybody who watches the repository hears of it, so a person agrees to each one first: see skill.json. */
export async function createIssue(ask: GitHub, { repository, ...issue }: CreateInput): Promise<Issue> {
  const answer = await ask({ path: pathOf('repos', repository, 'issues'), body: issue });
  return readIssue(isFields(answer) ? answer : {});
}
