import { defineSkill, type SkillContext } from 'carapace/skill';
import { type CreateInput, createIssue } from './create.ts';
import { type Fetch, type GitHub, openGitHub } from './github/client.ts';
import { type ListInput, listIssues } from './list.ts';
import { type ReadInput, readOne } from './read.ts';
import { type SearchInput, searchIssues } from './search.ts';

/** Looked up with each request: without a granted host there is no `fetch`, and the module must load all the same. */
const ask: Fetch = (url, init) => fetch(url, init);

function connect({ secrets, signal }: SkillContext): GitHub {
  const token = secrets['GITHUB_TOKEN'];
  if (token === undefined) throw new Error('Cannot ask GitHub: the operator gave no GITHUB_TOKEN');
  return openGitHub(ask, token, signal);
}

export default defineSkill({
  tools: {
    list: { run: (input: ListInput, context) => listIssues(connect(context), input) },
    search: { run: (input: SearchInput, context) => searchIssues(connect(context), input) },
    read: { run: (input: ReadInput, context) => readOne(connect(context), input) },
    create: { run: (input: CreateInput, context) => createIssue(connect(context), input) },
  },
});
