import { append, createList, toArray } from '../collections.ts';
import type { Endowment } from '../endowment.ts';
import { exposeMembers } from '../expose-members.ts';
import { ask, tryAsk } from '../host-call.ts';
import {
  defineValue,
  JSONParse,
  JSONStringify,
  ObjectPrototype,
  ReflectGet,
  ReflectSetPrototypeOf,
  StringOf,
  StringPrototypeToWellFormed,
  TypeErrorOf,
} from '../primordials.ts';

interface Parts {
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
  readonly hasRegExpGroups: boolean;
}

/** One for each of `COMPONENTS`: its text, and names and values of its groups. */
type Match = readonly (readonly [input: string, groups: readonly (readonly [name: string, value: string | null])[]])[];

const COMPONENTS = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'] as const;
/** Members of a `URLPatternInit`, in the order in which Web IDL reads them. */
const MEMBERS = ['baseURL', 'hash', 'hostname', 'password', 'pathname', 'port', 'protocol', 'search', 'username'];

/**
 * URL Pattern Standard §1. The worker compiles and matches; what is kept here is the text that a pattern is made from, which
 * names it in every question.
 */
class URLPattern {
  readonly #source: string;
  readonly #parts: Parts;

  constructor(...args: readonly unknown[]) {
    const input = JSONStringify(toInput(args[0]));
    // Of two arguments, the second is the base URL when it can be no dictionary.
    const hasBase = args.length > 2 || !isDictionary(args[1]);
    const base = hasBase ? JSONStringify(toUsv(args[1])) : 'null';
    this.#source = `[${input},${base},${readIgnoreCase(hasBase ? args[2] : args[1])}]`;
    const answer = tryAsk('pattern-create', this.#source);
    if (!answer.ok) throw new TypeErrorOf('Cannot create URLPattern: the pattern is invalid');
    this.#parts = JSONParse(answer.payload);
  }

  get protocol(): string {
    return this.#parts.protocol;
  }
  get username(): string {
    return this.#parts.username;
  }
  get password(): string {
    return this.#parts.password;
  }
  get hostname(): string {
    return this.#parts.hostname;
  }
  get port(): string {
    return this.#parts.port;
  }
  get pathname(): string {
    return this.#parts.pathname;
  }
  get search(): string {
    return this.#parts.search;
  }
  get hash(): string {
    return this.#parts.hash;
  }
  get hasRegExpGroups(): boolean {
    return this.#parts.hasRegExpGroups;
  }

  test(input?: unknown, baseURL?: unknown): boolean {
    return this.#match(toInput(input), toBase(baseURL)) !== null;
  }
  exec(input?: unknown, baseURL?: unknown): object | null {
    const asked = toInput(input);
    const base = toBase(baseURL);
    const found = this.#match(asked, base);
    return found === null ? null : createResult(found, asked, base);
  }
  get [Symbol.toStringTag](): string {
    return 'URLPattern';
  }

  #match(input: string | object, base: string | undefined): Match | null {
    if (base !== undefined && typeof input !== 'string') {
      throw new TypeErrorOf('Cannot match URLPattern: only text is read with a base URL');
    }
    const baseText = base === undefined ? 'null' : JSONStringify(base);
    return JSONParse(ask('pattern-match', `[${JSONStringify(this.#source)},${JSONStringify(input)},${baseText}]`));
  }
}

/** Web IDL `(USVString or URLPatternInit)`. A dictionary is read once; the copy has no prototype, so its JSON is its own. */
function toInput(value: unknown): string | object {
  if (!isDictionary(value)) return toUsv(value);
  const copy = { __proto__: null };
  for (let index = 0; index < MEMBERS.length; index += 1) {
    const name = MEMBERS[index] ?? '';
    const member: unknown = isObject(value) ? ReflectGet(value, name) : undefined;
    if (member !== undefined) defineValue(copy, name, toUsv(member), true);
  }
  return copy;
}

function readIgnoreCase(options: unknown): boolean {
  if (!isDictionary(options)) throw new TypeErrorOf('Cannot create URLPattern: the options are no object');
  return isObject(options) && Boolean(ReflectGet(options, 'ignoreCase'));
}

function toBase(value: unknown): string | undefined {
  return value === undefined ? undefined : toUsv(value);
}

/** What Web IDL takes for a dictionary. */
function isDictionary(value: unknown): boolean {
  return value === undefined || value === null || isObject(value);
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function toUsv(value: unknown): string {
  return StringPrototypeToWellFormed(StringOf(value));
}

function createResult(match: Match, input: string | object, base: string | undefined): object {
  const inputs = createList<unknown>();
  append(inputs, input);
  if (typeof input === 'object') ReflectSetPrototypeOf(input, ObjectPrototype);
  if (base !== undefined) append(inputs, base);
  const result = {};
  defineValue(result, 'inputs', toArray(inputs), true);
  for (let index = 0; index < COMPONENTS.length; index += 1) {
    const found = match[index];
    if (found !== undefined)
      defineValue(result, COMPONENTS[index] ?? '', { input: found[0], groups: readGroups(found[1]) }, true);
  }
  return result;
}

function readGroups(pairs: Match[number][1]): object {
  const groups = {};
  for (let index = 0; index < pairs.length; index += 1) {
    const pair = pairs[index];
    if (pair !== undefined) defineValue(groups, pair[0], pair[1] ?? undefined, true);
  }
  return groups;
}

export const urlPattern: Endowment = {
  names: ['URLPattern'],
  install: () => ({ URLPattern: exposeMembers(URLPattern) }),
};
