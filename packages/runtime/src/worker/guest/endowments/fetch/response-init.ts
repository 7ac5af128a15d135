import {
  MathTrunc,
  NumberOf,
  RangeErrorOf,
  ReflectGet,
  StringOf,
  StringPrototypeCharCodeAt,
  TypeErrorOf,
} from '../../primordials.ts';
import { Headers } from './headers.ts';
import { toOptions } from './request-options.ts';

/** Fetch Standard §2.2.3: a response with one of these has no body at all. */
const NO_CONTENT = 204;
const RESET_CONTENT = 205;
const NOT_MODIFIED = 304;

export interface ResponseInit {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
}

/** @throws {RangeError} for a status that is not from 200 to 599. */
export function readResponseInit(init: unknown): ResponseInit {
  const options = toOptions(init, 'Response');
  const headers: unknown = ReflectGet(options, 'headers');
  const status: unknown = ReflectGet(options, 'status');
  const statusText: unknown = ReflectGet(options, 'statusText');
  return {
    status: status === undefined ? 200 : toStatus(status),
    statusText: statusText === undefined ? '' : toStatusText(statusText),
    headers: headers === undefined ? new Headers() : new Headers(headers),
  };
}

function toStatus(value: unknown): number {
  const status = MathTrunc(NumberOf(value));
  if (status >= 200 && status <= 599) return status;
  throw new RangeErrorOf('Cannot create Response: the status is not from 200 to 599');
}

/** RFC 9112 §4: `reason-phrase`. */
function toStatusText(value: unknown): string {
  const text = StringOf(value);
  for (let index = 0; index < text.length; index += 1) {
    const code = StringPrototypeCharCodeAt(text, index);
    if (code > 255 || code === 0x7f || (code < 0x20 && code !== 9)) {
      throw new TypeErrorOf('Cannot create Response: the status text has a character that none may contain');
    }
  }
  return text;
}

export function hasNoBody(status: number): boolean {
  return status === NO_CONTENT || status === RESET_CONTENT || status === NOT_MODIFIED;
}

export function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}
