import { type GitHub, pathOf } from './github/client.ts';
import { listIn } from './github/fields.ts';
import { type Issue, isPullRequest, readIssue } from './github/issue.ts';

export interface ListInput {
  readonly repository: string;
  readonly state?: 'open' | 'closed' | 'all';
  readonly labels?: readonly string[];
  readonly page?: number;
}

export interface ListOutput {
  readonly issues: readonly Issue[];
  /** Absent on the last page. */
  readonly nextPage?: number;
}

const PAGE_SIZE = 30;

/** Issues of a repository, the newest first. */
export async function listIssues(ask: GitHub, input: ListInput): Promise<ListOutput> {
  const { repository, state = 'open', labels, page = 1 } = input;
  const answer = await ask({
    path: pathOf('repos', repository, 'issues'),
    query: { state, labels: labels?.join(','), per_page: String(PAGE_SIZE), page: String(page) },
  });
  const found = listIn(answer, 'list of issues');
  return {
    issues: found.filter((fields) => !isPullRequest(fields)).map(readIssue),
    // A page counts its pull requests as well, so only a full one can have a successor.
    ...(found.length === PAGE_SIZE ? { nextPage: page + 1 } : {}),
  };
}
