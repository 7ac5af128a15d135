import type { BrokerOp } from '../protocol/messages.ts';

/**
 * What crosses between the worker and the code inside the isolate: strings only. The guest calls one function with
 * `<op>\n<payload>` and gets `+<payload>` or `{"ok":false,"code":…}`; the worker calls one function with four strings.
 */

/** Asked by the guest platform, answered at once. These depend on the session's state. */
export const SESSION_OPS = [
  /** JSON `{ op: BrokerOp, form, encoding? }`, and with an encoding a line break and the body → request id. */
  'request',
  /** Request id → nothing. */
  'cancel',
  /** `<level>\n<text>` → nothing. */
  'log',
  /** JSON `{ progress?, total?, message }` → nothing. */
  'progress',
  /** The next piece of a preview of the result → nothing. */
  'partial',
  /** The skill's module has been evaluated. Empty, or JSON failure of stage `entry`. */
  'registered',
  /** JSON text of the tool's value → nothing. */
  'result',
  /** JSON failure → nothing. */
  'failure',
] as const;

/** These are computed in the worker and have no effect. */
export const URL_OPS = [
  /** JSON `[input, base?]` → JSON parts, or `invalid`. */
  'url-parse',
  /** JSON `[href, part, value]` → JSON parts, or `invalid`. */
  'url-set',
  /** JSON string → JSON pairs. */
  'params-parse',
  /** JSON flat list of names and values → query. */
  'params-serialise',
] as const;

export const PATTERN_OPS = [
  /** JSON `[input, base or null, ignoreCase]` → JSON components, or `invalid`. */
  'pattern-create',
  /** JSON `[payload of pattern-create, input, base or null]` → JSON `[text, groups]` for each component, `null`, or `invalid`. */
  'pattern-match',
] as const;

export const TEXT_OPS = [
  /** Text → base64. */
  'encode-utf8',
  /** Label → name of the encoding, or `invalid`. */
  'decoder-label',
  /** `<decoder id> <encoding> <flags>\n<base64>` → text, or `invalid`. */
  'decode',
  'atob',
  'btoa',
] as const;

export const CRYPTO_OPS = [
  /** Number of bytes → base64. */
  'random',
  'uuid',
  /** `<algorithm>\n<base64>` → base64. */
  'digest',
] as const;

export type SessionOp = (typeof SESSION_OPS)[number];
export type UrlOp = (typeof URL_OPS)[number];
export type PatternOp = (typeof PATTERN_OPS)[number];
export type TextOp = (typeof TEXT_OPS)[number];
export type CryptoOp = (typeof CRYPTO_OPS)[number];
export type LocalOp = UrlOp | PatternOp | TextOp | CryptoOp;
export type Op = SessionOp | LocalOp;

/** Called by the worker. */
export type Command =
  /** names of what is granted beyond the usual, comma between them; before the skill is evaluated */
  | 'endow'
  /** JSON: the placeholders of the next call's secrets, by name */
  | 'secrets'
  /** call id, tool, input JSON */
  | 'call'
  /** request id, empty, base64: a part of a body that was asked for in pieces */
  | 'piece'
  /** request id, form, payload */
  | 'reply'
  /** request id, code, message */
  | 'refuse'
  /** reason */
  | 'abort';

/**
 * How the guest wants an answer: nothing, JSON of `value`, the body as base64 or as text, or JSON, a line break and base64.
 * `pieces`: each part of a long body as base64 when it comes, so that host, worker and isolate work at the same time.
 */
export const REPLY_FORMS = ['none', 'json', 'bytes', 'text', 'head', 'pieces'] as const;
export type ReplyForm = (typeof REPLY_FORMS)[number];

/** How the body of a request crosses: as the text whose UTF-8 it is, or as base64. */
export const BODY_ENCODINGS = ['utf8', 'base64'] as const;
export type BodyEncoding = (typeof BODY_ENCODINGS)[number];

/** Why the worker refused an op. The list is closed; the guest turns each into an error of its own realm. */
export type RefusalCode =
  | 'bad-op'
  | 'too-long'
  | 'call-ended'
  | 'too-many-requests'
  | 'too-many-bytes'
  | 'too-many-timers'
  | 'too-many-decoders'
  | 'no-such-endowment'
  | 'invalid'
  | 'internal';

/** Sizes in UTF-16 code units unless the name says bytes. Checked inside the isolate and again in the worker. */
export const WIRE_LIMITS = {
  /** Longest op of all; an `encode-utf8` or `decode` of some 24 MiB. */
  opLength: 33_554_432,
  /** A request without its body. */
  requestLength: 49_152,
  /** The same as JSON in UTF-8, when the worker sends it on; the host takes 64 KiB. */
  requestHeadBytes: 61_440,
  /** Bytes of request bodies that wait for an answer. */
  pendingBodyBytes: 4_194_304,
  pathLength: 4096,
  urlLength: 1_048_576,
  logLineLength: 8192,
  progressMessageBytes: 1024,
  /** Partial text in one op. */
  partialOpLength: 65_536,
  failureMessageBytes: 4096,
  failureStackBytes: 8192,
  failureNameBytes: 256,
  outputDepth: 64,
  tools: 256,
  pendingTimers: 1000,
  openDecoders: 256,
  /** Web Crypto's quota for one getRandomValues. */
  randomBytes: 65_536,
} as const;

/** The effects a guest may ask for; the family `skill` belongs to the session itself. */
export type GuestOp = Exclude<BrokerOp, { readonly family: 'skill' }>;
