import { describeRefusal } from './describe-refusal.ts';

/** The part of `fetch` that this skill uses, so that a test can stand in for the network. */
export type Fetch = (
  url: URL,
  init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body?: string;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<Response>;

export interface Question {
  /** Below https://api.github.com, each part encoded: see `pathOf`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON in a POST; without it the question is a GET. */
  readonly body?: object;
}

/** Asks GitHub one question and gives the JSON of the answer. */
export type GitHub = (question: Question) => Promise<unknown>;

/**
 * @param token What `context.secrets` holds: not the token but a placeholder. The host puts the token into the one header that skill.json
 * names, on its way to the one host it names, and nowhere else.
 */
export function openGitHub(fetch: Fetch, token: string, signal: AbortSignal): GitHub {
  return async ({ path, query = {}, body }) => {
    const url = new URL(path, 'https://api.github.com');
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    const response = await reach(fetch, signal, url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': 'carapace-skill-github-issues',
        'x-github-api-version': '2022-11-28',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await readJson(response, signal);
    if (response.ok && answer !== undefined) return answer;
    throw new Error(`Cannot ${body === undefined ? 'read' : 'write'} on GitHub: ${describeRefusal(response, answer)}`);
  };
}

/** `pathOf('repos', 'a/b', 'issues')` keeps every part one part, except the slash of a repository. */
export function pathOf(...parts: readonly string[]): string {
  return `/${parts.map((part) => part.split('/').map(encodeURIComponent).join('/')).join('/')}`;
}

async function reach(
  fetch: Fetch,
  signal: AbortSignal,
  url: URL,
  request: Omit<Parameters<Fetch>[1], 'redirect' | 'signal'>,
): Promise<Response> {
  try {
    // A redirect means that the repository has another name now. Following it would lose the token, and the user should know.
    return await fetch(url, { ...request, redirect: 'manual', signal });
  } catch (error) {
    signal.throwIfAborted();
    // `fetch` says only that it failed; why, stands in the cause.
    const { message } = error instanceof Error && error.cause instanceof Error ? error.cause : new Error(String(error));
    throw new Error(`Cannot reach GitHub: ${message}`, { cause: error });
  }
}

async function readJson(response: Response, signal: AbortSignal): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
