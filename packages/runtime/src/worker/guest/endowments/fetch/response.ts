import { append, createList } from '../../collections.ts';
import type { Endowment } from '../../endowment.ts';
import { JSONStringify, MathTrunc, NumberOf, RangeErrorOf, StringOf, TypeErrorOf } from '../../primordials.ts';
import { parseUrl } from '../url.ts';
import { cloneBody, createBody, ownerOf, type Payload, setOwner } from './body.ts';
import { type BodyInit, extractBody } from './body-init.ts';
import { mixBodyInto } from './body-methods.ts';
import { appendMissing, type HeaderList } from './header-list.ts';
import { type Headers, headersLink } from './headers.ts';
import { hasNoBody, isRedirect, readResponseInit } from './response-init.ts';

/** What a response says beside its headers and body. */
export interface ResponseState {
  readonly type: 'default' | 'basic' | 'error' | 'opaqueredirect';
  readonly url: string;
  readonly redirected: boolean;
  readonly status: number;
  readonly statusText: string;
}

/** What code of ours does with responses and a skill cannot. */
export interface ResponseLink {
  /** @param headers Taken as they are; read-only from then on. */
  create(state: ResponseState, headers: HeaderList, payload: Payload | undefined): Response;
}
export let responseLink: ResponseLink;

const ERROR: ResponseState = { type: 'error', url: '', redirected: false, status: 0, statusText: '' };

/** Fetch Standard §5.5. */
export class Response {
  #state: ResponseState;
  #headers: Headers;

  static {
    responseLink = {
      create: (state, headers, payload) => {
        const response = new Response();
        response.#state = state;
        response.#headers = headersLink.create(headers, true);
        setOwner(response, { body: createBody(payload), headers: response.#headers });
        return response;
      },
    };
  }

  constructor(body?: unknown, init?: unknown) {
    const { status, statusText, headers } = readResponseInit(init);
    this.#state = { type: 'default', url: '', redirected: false, status, statusText };
    this.#headers = headers;
    const content = body === undefined || body === null ? undefined : extractBody(body);
    attach(this, headers, status, content);
  }

  static error(): Response {
    return responseLink.create(ERROR, createList(), undefined);
  }
  static redirect(url: unknown, status: unknown = 302): Response {
    const parts = parseUrl(StringOf(url));
    if (parts === undefined) throw new TypeErrorOf('Cannot redirect: the URL is not valid or not absolute');
    const code = MathTrunc(NumberOf(status));
    if (!isRedirect(code)) throw new RangeErrorOf('Cannot redirect: the status is not that of a redirect');
    const headers: HeaderList = createList();
    append(headers, { name: 'location', value: parts.href });
    const state = { type: 'default', url: '', redirected: false, status: code, statusText: '' } as const;
    return responseLink.create(state, headers, undefined);
  }
  static json(data: unknown, init?: unknown): Response {
    const text: string | undefined = JSONStringify(data);
    if (text === undefined) throw new TypeErrorOf('Cannot create Response: the value is not one that JSON can hold');
    const response = new Response(undefined, init);
    const { status } = response.#state;
    attach(response, response.#headers, status, { payload: { kind: 'text', text }, type: 'application/json' });
    return response;
  }

  get type(): string {
    return this.#state.type;
  }
  get url(): string {
    return this.#state.url;
  }
  get redirected(): boolean {
    return this.#state.redirected;
  }
  get status(): number {
    return this.#state.status;
  }
  get ok(): boolean {
    return this.#state.status >= 200 && this.#state.status <= 299;
  }
  get statusText(): string {
    return this.#state.statusText;
  }
  get headers(): Headers {
    return this.#headers;
  }
  clone(): Response {
    const body = cloneBody(ownerOf(this).body);
    const copy = new Response();
    copy.#state = this.#state;
    // A copy of what was received is as read-only as the original.
    copy.#headers = headersLink.copy(this.#headers);
    setOwner(copy, { body, headers: copy.#headers });
    return copy;
  }
  get [Symbol.toStringTag](): string {
    return 'Response';
  }
}

mixBodyInto(Response.prototype);

function attach(response: Response, headers: Headers, status: number, content: BodyInit | undefined): void {
  if (content !== undefined && hasNoBody(status)) {
    throw new TypeErrorOf(`Cannot create Response: a response with status ${status} has no body`);
  }
  appendMissing(headersLink.listOf(headers), 'content-type', content?.type);
  setOwner(response, { body: createBody(content?.payload), headers });
}

export const response: Endowment = {
  names: ['Response'],
  install: () => ({ Response }),
};
