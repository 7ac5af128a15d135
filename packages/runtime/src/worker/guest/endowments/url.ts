import type { Endowment } from '../endowment.ts';
import { exposeMembers } from '../expose-members.ts';
import { tryAsk } from '../host-call.ts';
import { needArguments } from '../idl-arguments.ts';
import { defineValue, JSONParse, JSONStringify, StringOf, StringPrototypeSlice, TypeErrorOf } from '../primordials.ts';
import { paramsLink, URLSearchParams } from './url-search-params.ts';

export interface UrlParts {
  readonly href: string;
  readonly origin: string;
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

/** URL Standard §6.1: the parts as the worker's parser gave them; every change goes through that parser again. */
class URL {
  #parts: UrlParts;
  #params: URLSearchParams | undefined;

  constructor(input: unknown, base?: unknown) {
    const parts = parseUrl(input, base);
    if (parts === undefined) throw invalidUrl(input);
    this.#parts = parts;
  }

  static canParse(...args: readonly unknown[]): boolean {
    needArguments(args, 1, 'parse URL');
    return parseUrl(args[0], args[1]) !== undefined;
  }
  static parse(...args: readonly unknown[]): URL | null {
    needArguments(args, 1, 'parse URL');
    // Made text once: an object could give another text the second time.
    const input = StringOf(args[0]);
    const base = args[1] === undefined ? undefined : StringOf(args[1]);
    return parseUrl(input, base) === undefined ? null : new URL(input, base);
  }

  get href(): string {
    return this.#parts.href;
  }
  set href(value: unknown) {
    if (!this.#set('href', value)) throw invalidUrl(value);
    this.#refreshParams();
  }
  get origin(): string {
    return this.#parts.origin;
  }
  get protocol(): string {
    return this.#parts.protocol;
  }
  set protocol(value: unknown) {
    this.#set('protocol', value);
  }
  get username(): string {
    return this.#parts.username;
  }
  set username(value: unknown) {
    this.#set('username', value);
  }
  get password(): string {
    return this.#parts.password;
  }
  set password(value: unknown) {
    this.#set('password', value);
  }
  get host(): string {
    return this.#parts.host;
  }
  set host(value: unknown) {
    this.#set('host', value);
  }
  get hostname(): string {
    return this.#parts.hostname;
  }
  set hostname(value: unknown) {
    this.#set('hostname', value);
  }
  get port(): string {
    return this.#parts.port;
  }
  set port(value: unknown) {
    this.#set('port', value);
  }
  get pathname(): string {
    return this.#parts.pathname;
  }
  set pathname(value: unknown) {
    this.#set('pathname', value);
  }
  get search(): string {
    return this.#parts.search;
  }
  set search(value: unknown) {
    this.#set('search', value);
    this.#refreshParams();
  }
  get searchParams(): URLSearchParams {
    if (this.#params === undefined) {
      this.#params = new URLSearchParams(this.#parts.search);
      paramsLink.connect(this.#params, (query) => this.#set('search', query));
    }
    return this.#params;
  }
  get hash(): string {
    return this.#parts.hash;
  }
  set hash(value: unknown) {
    this.#set('hash', value);
  }
  toString(): string {
    return this.#parts.href;
  }
  toJSON(): string {
    return this.#parts.href;
  }
  get [Symbol.toStringTag](): string {
    return 'URL';
  }

  #set(part: string, value: unknown): boolean {
    const answer = tryAsk('url-set', encode(this.#parts.href, part, StringOf(value)));
    if (answer.ok) this.#parts = JSONParse(answer.payload);
    return answer.ok;
  }

  #refreshParams(): void {
    if (this.#params !== undefined) paramsLink.replace(this.#params, StringPrototypeSlice(this.#parts.search, 1));
  }
}

/** The parts of a URL, or nothing if it is not one. */
export function parseUrl(input: unknown, base?: unknown): UrlParts | undefined {
  const text = StringOf(input);
  const answer = tryAsk('url-parse', base === undefined ? encode(text) : encode(text, StringOf(base)));
  if (answer.ok) return JSONParse(answer.payload);
  return undefined;
}

/** A JSON list built by hand: an array would have its `toJSON` looked up on `Array.prototype`. */
function encode(first: string, second?: string, third?: string): string {
  const rest = (text: string | undefined): string => (text === undefined ? '' : `,${JSONStringify(text)}`);
  return `[${JSONStringify(first)}${rest(second)}${rest(third)}]`;
}

function invalidUrl(input: unknown): TypeError {
  const error = new TypeErrorOf('Invalid URL');
  defineValue(error, 'code', 'ERR_INVALID_URL', true);
  defineValue(error, 'input', StringOf(input), true);
  return error;
}

export const url: Endowment = {
  names: ['URL'],
  install: () => ({ URL: exposeMembers(URL) }),
};
