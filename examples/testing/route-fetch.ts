/**
 * A `fetch` that sends every request to one origin, whatever host it names. For unit tests of code that takes `fetch` as an argument;
 * in the worker the operator's `network.routes` does this, behind the same checks as any request.
 */
export function routeFetch(origin: string): (url: URL, init: RequestInit) => Promise<Response> {
  return (url, init) => fetch(new URL(`${url.pathname}${url.search}`, origin), init);
}
