import type { OpAnswer } from '../bridge.ts';
import { type UrlOp, WIRE_LIMITS } from '../guest-wire.ts';

const INVALID: OpAnswer = { ok: false, code: 'invalid' };

/** URL Standard §6.1 by Node's own implementation; the guest keeps the parts and asks again only to change one. */
export function answerUrl(op: UrlOp, payload: string): OpAnswer {
  if (payload.length > WIRE_LIMITS.urlLength) return { ok: false, code: 'too-long' };
  const value: unknown = JSON.parse(payload);
  switch (op) {
    case 'url-parse':
      return parseUrl(value);
    case 'url-set':
      return setPart(value);
    case 'params-parse':
      // The constructor would take a leading "?" off, but here the text is a query and a "?" belongs to its first name.
      return typeof value === 'string' ? done([...new URLSearchParams(`?${value}`)]) : INVALID;
    case 'params-serialise':
      return serialiseParams(value);
  }
}

/** `[input]` or `[input, base]`. */
function parseUrl(value: unknown): OpAnswer {
  if (!isStrings(value)) return INVALID;
  const url = URL.parse(value[0] ?? '', value[1]);
  return url === null ? INVALID : done(partsOf(url));
}

/** `[href, part, value]`. */
function setPart(value: unknown): OpAnswer {
  if (!isStrings(value)) return INVALID;
  const [href = '', part = '', text = ''] = value;
  const url = URL.parse(href);
  const known = PARTS.find((name) => name === part);
  if (url === null || known === undefined) return INVALID;
  try {
    url[known] = text;
  } catch {
    return INVALID;
  }
  return done(partsOf(url));
}

const PARTS = [
  'href',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const;

function partsOf(url: URL): object {
  const { href, origin, protocol, username, password, host, hostname, port, pathname, search, hash } = url;
  return { href, origin, protocol, username, password, host, hostname, port, pathname, search, hash };
}

/** A flat list: name, value, name, value. */
function serialiseParams(value: unknown): OpAnswer {
  if (!isStrings(value)) return INVALID;
  const params = new URLSearchParams();
  for (let index = 0; index + 1 < value.length; index += 2) params.append(value[index] ?? '', value[index + 1] ?? '');
  return { ok: true, payload: params.toString() };
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function done(value: object): OpAnswer {
  return { ok: true, payload: JSON.stringify(value) };
}
