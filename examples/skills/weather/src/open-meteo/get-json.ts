import { type Fields, isFields } from './fields.ts';

/** The part of `fetch` that this skill uses, so that a test can stand in for the network. */
export type Fetch = (url: URL, init: { readonly signal: AbortSignal }) => Promise<Response>;

/** The longest foreign sentence passed on to the model. */
const MAX_REASON = 200;

/**
 * Asks one of Open-Meteo's services.
 *
 * @throws Error with a sentence for the model when there is no answer, or another one than an object of JSON.
 */
export async function getJson(fetch: Fetch, url: URL, signal: AbortSignal): Promise<Fields> {
  const response = await reach(fetch, url, signal);
  const answer = await readJson(response, signal);
  if (response.ok && isFields(answer)) return answer;
  if (response.status === 429) {
    throw new Error('Open-Meteo refuses more requests for the moment: try again in a minute');
  }
  const reason = isFields(answer) && typeof answer['reason'] === 'string' ? answer['reason'] : 'it gives no reason';
  throw new Error(`Open-Meteo refused the request with status ${response.status}: ${reason.slice(0, MAX_REASON)}`);
}

async function reach(fetch: Fetch, url: URL, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { signal });
  } catch (error) {
    signal.throwIfAborted();
    // `fetch` says only that it failed; why, stands in the cause.
    const { message } = error instanceof Error && error.cause instanceof Error ? error.cause : new Error(String(error));
    throw new Error(`Cannot reach ${url.hostname}: ${message}`, { cause: error });
  }
}

/** What is not JSON is left to the status to explain: a gateway on the way answers in HTML. */
async function readJson(response: Response, signal: AbortSignal): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
