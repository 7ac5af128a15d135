import { SafeMap, SafeSet } from '../../collections.ts';
import { ReflectGet, StringOf, StringPrototypeToUpperCase, TypeErrorOf } from '../../primordials.ts';
import { parseUrl } from '../url.ts';
import { isToken } from './header-text.ts';

/** What a request says beside its URL, headers and body. Some of it means something to browsers only and is kept as data. */
export interface RequestSettings {
  readonly method: string;
  readonly redirect: 'follow' | 'error' | 'manual';
  readonly cache: string;
  readonly credentials: string;
  readonly integrity: string;
  readonly keepalive: boolean;
  readonly mode: string;
  readonly referrer: string;
  readonly referrerPolicy: string;
}

export const DEFAULT_SETTINGS: RequestSettings = {
  method: 'GET',
  redirect: 'follow',
  cache: 'default',
  credentials: 'same-origin',
  integrity: '',
  keepalive: false,
  mode: 'cors',
  referrer: 'about:client',
  referrerPolicy: '',
};

function words(...list: readonly string[]): SafeSet<string> {
  const set = new SafeSet<string>();
  for (let index = 0; index < list.length; index += 1) set.add(list[index] ?? '');
  return set;
}

/** Fetch Standard §5.4, enumerations. */
const ENUMERATIONS = new SafeMap<string, SafeSet<string>>();
ENUMERATIONS.set('cache', words('default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'));
ENUMERATIONS.set('credentials', words('omit', 'same-origin', 'include'));
ENUMERATIONS.set('mode', words('same-origin', 'no-cors', 'cors'));
ENUMERATIONS.set(
  'referrerPolicy',
  words(
    '',
    'no-referrer',
    'no-referrer-when-downgrade',
    'same-origin',
    'origin',
    'strict-origin',
    'origin-when-cross-origin',
    'strict-origin-when-cross-origin',
    'unsafe-url',
  ),
);

/** Methods that are written in capitals whatever the caller wrote, and those that no fetch may use. Fetch Standard §2.2.1. */
const NORMALISED = words('DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT');
const FORBIDDEN = words('CONNECT', 'TRACE', 'TRACK');

/**
 * Reads each option once, and none that is not named here: what is not read cannot reach the host (BD-101, NU-228).
 *
 * @param inherited What holds where the options say nothing.
 * @throws {TypeError} for what the standard refuses.
 */
export function readSettings(init: object, inherited: RequestSettings): RequestSettings {
  const cache = readWord(init, 'cache') ?? inherited.cache;
  const credentials = readWord(init, 'credentials') ?? inherited.credentials;
  const integrity: unknown = ReflectGet(init, 'integrity');
  const keepalive: unknown = ReflectGet(init, 'keepalive');
  const method: unknown = ReflectGet(init, 'method');
  const mode = readWord(init, 'mode') ?? inherited.mode;
  const redirect: unknown = ReflectGet(init, 'redirect');
  const referrer: unknown = ReflectGet(init, 'referrer');
  const referrerPolicy = readWord(init, 'referrerPolicy') ?? inherited.referrerPolicy;
  refuseImpossible(ReflectGet(init, 'window'), cache, mode);
  return {
    cache,
    credentials,
    integrity: integrity === undefined ? inherited.integrity : StringOf(integrity),
    keepalive: keepalive === undefined ? inherited.keepalive : Boolean(keepalive),
    method: method === undefined ? inherited.method : toMethod(method),
    mode,
    redirect: redirect === undefined ? inherited.redirect : toRedirect(redirect),
    referrer: referrer === undefined ? inherited.referrer : toReferrer(referrer),
    referrerPolicy,
  };
}

function refuseImpossible(window: unknown, cache: string, mode: string): void {
  if (window !== undefined && window !== null) {
    throw new TypeErrorOf('Cannot create Request: the option "window" can only be null');
  }
  if (cache === 'only-if-cached' && mode !== 'same-origin') {
    throw new TypeErrorOf('Cannot create Request: the cache mode "only-if-cached" needs the mode "same-origin"');
  }
}

function readWord(init: object, option: string): string | undefined {
  const value: unknown = ReflectGet(init, option);
  if (value === undefined) return undefined;
  const word = StringOf(value);
  if (ENUMERATIONS.get(option)?.has(word) !== true) throw unknownWord(option);
  return word;
}

function toRedirect(value: unknown): RequestSettings['redirect'] {
  const word = StringOf(value);
  if (word !== 'follow' && word !== 'error' && word !== 'manual') throw unknownWord('redirect');
  return word;
}

function unknownWord(option: string): TypeError {
  return new TypeErrorOf(`Cannot create Request: the value of "${option}" is not one of those that exist`);
}

function toMethod(value: unknown): string {
  const method = StringOf(value);
  const upper = StringPrototypeToUpperCase(method);
  if (!isToken(method) || FORBIDDEN.has(upper)) {
    throw new TypeErrorOf('Cannot create Request: the method is not one that may be used');
  }
  return NORMALISED.has(upper) ? upper : method;
}

function toReferrer(value: unknown): string {
  const text = StringOf(value);
  if (text === '' || text === 'about:client') return text;
  const parts = parseUrl(text);
  if (parts === undefined) throw new TypeErrorOf('Cannot create Request: the referrer is not a URL');
  return parts.href;
}
