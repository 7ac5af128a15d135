import { decodeXml } from './parse/decode-xml.ts';
import type { Feed } from './parse/feed.ts';
import { parseFeed } from './parse/parse-feed.ts';

/** The part of `fetch` that this skill uses, so that a test can stand in for the network. */
export type Fetch = (
  url: URL,
  init: { readonly headers: Record<string, string>; readonly signal: AbortSignal },
) => Promise<Response>;

/** Bytes of one feed. The parser holds it several times over, and the isolate's memory is the skill's own to spend. */
export const LARGEST_FEED: number = 2 * 1024 * 1024;

/**
 * Gets and reads one feed.
 *
 * @throws Error with a sentence for the model when it cannot be reached, is too large, or is no feed.
 */
export async function fetchFeed(fetch: Fetch, address: string, signal: AbortSignal): Promise<Feed> {
  const url = new URL(address);
  const response = await reach(fetch, url, signal);
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`${url.hostname} answered with status ${response.status}`);
  }
  const bytes = await readUpTo(response, LARGEST_FEED);
  return parseFeed(decodeXml(bytes, response.headers.get('content-type')), url);
}

async function reach(fetch: Fetch, url: URL, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, {
      headers: { accept: 'application/atom+xml, application/rss+xml, application/xml' },
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    // `fetch` says only that it failed; why, stands in the cause.
    const { message } = error instanceof Error && error.cause instanceof Error ? error.cause : new Error(String(error));
    throw new Error(`Cannot reach ${url.hostname}: ${message}`, { cause: error });
  }
}

/** Reads piece by piece, so that a feed without end costs no more than the limit. */
async function readUpTo(response: Response, limit: number): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.byteLength;
    if (length > limit) {
      await reader.cancel();
      throw new Error(`The feed is larger than the ${limit} bytes that can be read`);
    }
    pieces.push(next.value);
  }
  return join(pieces, length);
}

function join(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}
