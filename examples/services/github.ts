import { type LoopbackService, type Reply, type SeenRequest, startService } from './loopback-service.ts';

/** The repository that the service has: `harbour-lane/tools`. */
export const REPOSITORY = 'harbour-lane/tools';

interface StoredIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: 'open' | 'closed';
  readonly user: string;
  readonly labels: readonly string[];
  readonly isPull?: boolean;
}

const FIRST_ISSUES: readonly StoredIssue[] = [
  issue(1, 'Riving knife of the table saw is bent', 'It catches on thick boards.', 'open', ['safety']),
  issue(2, 'Opening hours on the web page are old', 'We close at 18:00 now.', 'open', ['web']),
  { ...issue(3, 'Correct the opening hours', 'Closes #2', 'open', []), isPull: true },
  issue(4, 'Drill press has no key', null, 'closed', ['safety', 'lost']),
];

/** Shows in its text what the service was sent, as a careless one may: the host has to take the secret out of the answer. */
const ECHO_NUMBER = 5;

/**
 * Answers like api.github.com about issues: list, get, create, search. Shapes of https://docs.github.com/en/rest/issues/issues and
 * https://docs.github.com/en/rest/search/search (version 2022-11-28), cut to the fields that clients of issues read. Holds one made-up
 * repository, whose issue 5 repeats the credentials that it was asked with.
 *
 * @param token What `authorization: Bearer …` must hold; anything else is answered with 401.
 */
export function startGitHub(token: string): Promise<LoopbackService> {
  const issues = [...FIRST_ISSUES];
  return startService((request) => {
    if (request.headers['user-agent'] === undefined) return problem(403, 'Request forbidden by administrative rules.');
    if (request.headers['authorization'] !== `Bearer ${token}`) return problem(401, 'Bad credentials');
    const all = [...issues, echoOf(request)];
    if (request.url.pathname === '/search/issues') return search(all, request.url.searchParams);
    const [, owner, name, area, number] = request.url.pathname.split('/').slice(1);
    if (owner === 'harbour-lane' && name === 'old-tools') return moved();
    if (`${owner}/${name}` !== REPOSITORY || area !== 'issues') return problem(404, 'Not Found');
    if (request.method === 'POST' && number === undefined) return create(issues, request.body);
    return number === undefined ? list(all, request.url.searchParams) : get(all, Number(number));
  });
}

function issue(
  number: number,
  title: string,
  body: string | null,
  state: StoredIssue['state'],
  labels: readonly string[],
): StoredIssue {
  return { number, title, body, state, user: 'ada', labels };
}

function echoOf({ headers }: SeenRequest): StoredIssue {
  const sent = `authorization: ${String(headers['authorization'])}`;
  return issue(ECHO_NUMBER, 'Debug: what did you send?', `Received headers:\n${sent}\n`, 'closed', ['debug']);
}

function list(issues: readonly StoredIssue[], query: URLSearchParams): Reply {
  const state = query.get('state') ?? 'open';
  const labels = query.get('labels')?.split(',') ?? [];
  const found = issues.filter(
    (stored) => (state === 'all' || stored.state === state) && labels.every((label) => stored.labels.includes(label)),
  );
  return { body: page(found, query).map(toJson) };
}

function get(issues: readonly StoredIssue[], number: number): Reply {
  const found = issues.find((stored) => stored.number === number);
  return found === undefined ? problem(404, 'Not Found') : { body: toJson(found) };
}

function create(issues: StoredIssue[], body: string): Reply {
  const { title, body: text, labels }: Partial<Record<string, unknown>> = JSON.parse(body);
  if (typeof title !== 'string' || title === '') {
    return {
      status: 422,
      body: {
        message: 'Validation Failed',
        errors: [{ resource: 'Issue', code: 'missing_field', field: 'title' }],
        documentation_url: 'https://docs.github.com/rest/issues/issues#create-an-issue',
        status: '422',
      },
    };
  }
  const names = Array.isArray(labels) ? labels.filter((label): label is string => typeof label === 'string') : [];
  const created = issue(ECHO_NUMBER + issues.length, title, typeof text === 'string' ? text : null, 'open', names);
  issues.push(created);
  return { status: 201, body: toJson(created) };
}

/** Knows `is:issue`, `state:…`, `repo:…` and words. */
function search(issues: readonly StoredIssue[], query: URLSearchParams): Reply {
  const terms = (query.get('q') ?? '').split(/\s+/u).filter((term) => term !== '');
  const found = issues.filter((stored) => terms.every((term) => matches(stored, term)));
  return { body: { total_count: found.length, incomplete_results: false, items: page(found, query).map(toJson) } };
}

function matches({ title, body, state, isPull = false }: StoredIssue, term: string): boolean {
  if (term === 'is:issue') return !isPull;
  if (term.startsWith('state:')) return term === `state:${state}`;
  if (term.startsWith('repo:')) return term === `repo:${REPOSITORY}`;
  return `${title} ${body ?? ''}`.toLowerCase().includes(term.toLowerCase());
}

function page<T>(found: readonly T[], query: URLSearchParams): readonly T[] {
  const size = Number(query.get('per_page') ?? 30);
  const first = (Number(query.get('page') ?? 1) - 1) * size;
  return found.slice(first, first + size);
}

function toJson({ number, title, body, state, user, labels, isPull = false }: StoredIssue): object {
  const address = `https://github.com/${REPOSITORY}/${isPull ? 'pull' : 'issues'}/${number}`;
  return {
    id: 1_000_000 + number,
    number,
    title,
    body,
    state,
    html_url: address,
    repository_url: `https://api.github.com/repos/${REPOSITORY}`,
    user: { login: user, type: 'User' },
    labels: labels.map((name) => ({ name, color: 'ededed' })),
    comments: 0,
    created_at: '2026-11-01T09:00:00Z',
    updated_at: '2026-11-02T10:30:00Z',
    ...(isPull ? { pull_request: { html_url: address } } : {}),
  };
}

function moved(): Reply {
  const url = 'https://api.github.com/repositories/1/issues';
  return { status: 301, headers: { location: url }, body: { message: 'Moved Permanently', url } };
}

function problem(status: number, message: string): Reply {
  return { status, body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) } };
}
