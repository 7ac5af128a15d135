import type { GitHub } from './github/client.ts';
import { isFields, listIn, numberIn } from './github/fields.ts';
import { type Issue, readIssue } from './github/issue.ts';

export interface SearchInput {
  readonly words: string;
  readonly repository?: string;
  readonly state?: 'open' | 'closed';
  readonly limit?: number;
}

export interface SearchOutput {
  readonly issues: readonly Issue[];
  /** How many there are in all. */
  readonly total: number;
}

/** Finds issues by words, in one repository or in all that the token may see. */
export async function searchIssues(ask: GitHub, input: SearchInput): Promise<SearchOutput> {
  const { words, repository, state, limit = 10 } = input;
  const terms = [
    words,
    'is:issue',
    ...(repository === undefined ? [] : [`repo:${repository}`]),
    ...(state === undefined ? [] : [`state:${state}`]),
  ];
  const answer = await ask({ path: '/search/issues', query: { q: terms.join(' '), per_page: String(limit) } });
  const found = isFields(answer) ? answer : {};
  return { issues: listIn(found['items'], 'items').map(readIssue), total: numberIn(found, 'total_count') };
}
