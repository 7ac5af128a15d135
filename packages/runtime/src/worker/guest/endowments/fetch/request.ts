import type { Endowment } from '../../endowment.ts';
import { ReflectGet, StringOf, StringPrototypeToWellFormed, TypeErrorOf } from '../../primordials.ts';
import type { AbortSignal } from '../abort.ts';
import { webStreams } from '../streams/web-streams.ts';
import { parseUrl } from '../url.ts';
import { type Body, cloneBody, createBody, isUnusable, ownerOf, type Payload, setOwner, takePayload } from './body.ts';
import { extractBody } from './body-init.ts';
import { mixBodyInto } from './body-methods.ts';
import { followSignal } from './follow-signal.ts';
import { appendMissing } from './header-list.ts';
import { Headers, headersLink } from './headers.ts';
import { type BodyOption, readBodyOption, readSignal, toOptions } from './request-options.ts';
import { DEFAULT_SETTINGS, type RequestSettings, readSettings } from './request-settings.ts';

/** What `fetch` sends beside headers and body. */
export interface RequestState {
  readonly url: string;
  readonly settings: RequestSettings;
  /** The skill's own signal, if it gave one. */
  readonly signal: AbortSignal | undefined;
}

/** What code of ours does with requests and a skill cannot. */
export interface RequestLink {
  stateOf(request: Request): RequestState;
  /** The same, and nothing for what is no request. */
  findState(value: unknown): RequestState | undefined;
}
export let requestLink: RequestLink;

/** Fetch Standard §5.4. There is no page to be relative to, so URLs are absolute. */
export class Request {
  #state: RequestState;
  #headers: Headers;
  /** Made when somebody asks for it. */
  #signal: AbortSignal | undefined;

  static {
    requestLink = {
      stateOf: (request) => request.#state,
      findState: (value) => (typeof value === 'object' && value !== null && #state in value ? value.#state : undefined),
    };
  }

  constructor(input: unknown, init?: unknown) {
    const options = toOptions(init, 'Request');
    const inherited = requestLink.findState(input);
    const source = inherited === undefined ? undefined : ownerOf(input);
    const body = readBodyOption(options);
    const headers: unknown = ReflectGet(options, 'headers');
    this.#headers = headers === undefined ? copyHeaders(source?.headers) : new Headers(headers);
    this.#state = {
      url: inherited?.url ?? toUrl(input),
      settings: readSettings(options, inherited?.settings ?? DEFAULT_SETTINGS),
      signal: readSignal(options, inherited?.signal),
    };
    const payload = toPayload(body, source?.body, this.#state.settings.method, this.#headers);
    setOwner(this, { body: createBody(payload), headers: this.#headers });
  }

  get method(): string {
    return this.#state.settings.method;
  }
  get url(): string {
    return this.#state.url;
  }
  get headers(): Headers {
    return this.#headers;
  }
  get destination(): string {
    return '';
  }
  get referrer(): string {
    return this.#state.settings.referrer;
  }
  get referrerPolicy(): string {
    return this.#state.settings.referrerPolicy;
  }
  get mode(): string {
    return this.#state.settings.mode;
  }
  get credentials(): string {
    return this.#state.settings.credentials;
  }
  get cache(): string {
    return this.#state.settings.cache;
  }
  get redirect(): string {
    return this.#state.settings.redirect;
  }
  get integrity(): string {
    return this.#state.settings.integrity;
  }
  get keepalive(): boolean {
    return this.#state.settings.keepalive;
  }
  get duplex(): string {
    return 'half';
  }
  get signal(): AbortSignal {
    this.#signal ??= followSignal(this.#state.signal);
    return this.#signal;
  }
  clone(): Request {
    const body = cloneBody(ownerOf(this).body);
    const copy = new Request(this.#state.url);
    copy.#state = this.#state;
    copy.#headers = headersLink.copy(this.#headers);
    setOwner(copy, { body, headers: copy.#headers });
    return copy;
  }
  get [Symbol.toStringTag](): string {
    return 'Request';
  }
}

mixBodyInto(Request.prototype);

function copyHeaders(headers: Headers | undefined): Headers {
  return headers === undefined ? new Headers() : headersLink.copy(headers);
}

function toUrl(input: unknown): string {
  const parts = parseUrl(StringPrototypeToWellFormed(StringOf(input)));
  if (parts === undefined) throw new TypeErrorOf('Cannot create Request: the URL is not valid or not absolute');
  if (parts.username !== '' || parts.password !== '') {
    throw new TypeErrorOf('Cannot create Request: the URL has credentials in it');
  }
  return parts.href;
}

/** The body of the options, or else that of the request which the new one is made from, which then counts as read. */
function toPayload(
  { value, half }: BodyOption,
  carried: Body | undefined,
  method: string,
  headers: Headers,
): Payload | undefined {
  const own = value ?? undefined;
  const some = own !== undefined || carried?.payload !== undefined;
  if (some && (method === 'GET' || method === 'HEAD')) {
    throw new TypeErrorOf(`Cannot create Request: a ${method} has no body`);
  }
  if (own === undefined) return carried === undefined ? undefined : takeOver(carried);
  const { payload, type } = extractBody(own);
  if (payload.kind === 'stream' && !half) {
    throw new TypeErrorOf('Cannot create Request: a stream as body needs the option duplex: "half"');
  }
  appendMissing(headersLink.listOf(headers), 'content-type', type);
  return payload;
}

function takeOver(body: Body): Payload | undefined {
  if (isUnusable(body)) throw new TypeErrorOf('Cannot create Request: the body has been read already or is locked');
  const payload = takePayload(body);
  return payload?.kind === 'stream' ? { kind: 'stream', stream: webStreams().passThrough(payload.stream) } : payload;
}

export const request: Endowment = {
  names: ['Request'],
  install: () => ({ Request }),
};
