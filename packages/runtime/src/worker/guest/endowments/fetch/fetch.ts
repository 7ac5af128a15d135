import type { FetchHead, HeaderPair } from '../../../../protocol/messages.ts';
import { append, createList, type List } from '../../collections.ts';
import { defineValue, JSONParse, StringPrototypeIndexOf, StringPrototypeSlice } from '../../primordials.ts';
import { abortedReason } from '../abort.ts';
import { andThen, attempt, rejected, resolved } from '../fs/promise-chain.ts';
import { type BodyOwner, ownerOf, type Payload, takePayload } from './body.ts';
import { Exchange } from './exchange.ts';
import { combine, type HeaderList } from './header-list.ts';
import { headersLink } from './headers.ts';
import { Request, type RequestState, requestLink } from './request.ts';
import { type Response, responseLink } from './response.ts';
import { planUpload, sendPieces } from './upload.ts';

/** Fetch Standard §5.6, carried out by the host: what leaves the isolate is a URL, a method, headers and bytes. */
function fetch(input: unknown, init?: unknown): Promise<Response> {
  return attempt(() => {
    const request = new Request(input, init);
    return start(requestLink.stateOf(request), ownerOf(request));
  });
}

function start({ url, settings, signal }: RequestState, { body, headers }: BodyOwner): Promise<Response> {
  const upload = planUpload(takePayload(body));
  const aborted = signal === undefined ? undefined : abortedReason(signal);
  if (aborted !== undefined) {
    if (upload.kind === 'stream') upload.source.cancel(aborted.reason);
    return rejected(aborted.reason);
  }
  const exchange = new Exchange(signal);
  const op = {
    __proto__: null,
    family: 'net',
    method: 'fetch',
    url: withoutFragment(url),
    verb: settings.method,
    headers: toPairs(combine(headersLink.listOf(headers))),
    redirect: settings.redirect,
    payload: upload.kind,
  } as const;
  const answer = exchange.begin(op, upload.kind === 'inline' ? upload.body : undefined);
  if (upload.kind === 'stream') sendPieces(exchange, upload.source);
  return andThen(answer, (text) => resolved(toResponse(exchange, text)));
}

function withoutFragment(url: string): string {
  const at = StringPrototypeIndexOf(url, '#');
  return at === -1 ? url : StringPrototypeSlice(url, 0, at);
}

/** Lists have no prototype, so that `Array.prototype.toJSON` cannot rewrite what is sent (IS-038). */
function toPairs(list: HeaderList): readonly HeaderPair[] {
  const pairs = createList<List<string>>();
  for (let index = 0; index < list.length; index += 1) {
    const line = list[index];
    if (line === undefined) continue;
    const pair = createList<string>();
    append(pair, line.name);
    append(pair, line.value);
    append(pairs, pair);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- arrays whose prototype was taken away
  return pairs as unknown as readonly HeaderPair[];
}

/** @param text A FetchHead as JSON, a line break, and the body in base64. */
function toResponse(exchange: Exchange, text: string): Response {
  const end = StringPrototypeIndexOf(text, '\n');
  const head: FetchHead = JSONParse(StringPrototypeSlice(text, 0, end));
  const { type, url, redirected, status, statusText } = head;
  const lines: HeaderList = createList();
  for (let index = 0; index < head.headers.length; index += 1) {
    const pair = head.headers[index];
    if (pair !== undefined) append(lines, { name: pair[0], value: pair[1] });
  }
  const payload = toPayload(exchange, head.body, StringPrototypeSlice(text, end + 1));
  return responseLink.create({ type, url, redirected, status, statusText }, lines, payload);
}

function toPayload(exchange: Exchange, kind: FetchHead['body'], base64: string): Payload | undefined {
  if (kind === 'stream') return { kind: 'remote', exchange };
  exchange.finish();
  return kind === 'complete' ? { kind: 'base64', base64 } : undefined;
}

/** Called only for a skill that was granted a host: no other has a `fetch` at all. */
export function installFetch(): void {
  defineValue(globalThis, 'fetch', fetch, false);
}
