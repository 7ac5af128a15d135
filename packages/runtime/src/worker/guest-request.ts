import { carriesBody, decodeOp } from '../protocol/decode-op.ts';
import { Fields, ProtocolViolation } from '../protocol/fields.ts';
import { MAX_REQUEST_BODY_BYTES } from '../protocol/messages.ts';
import {
  BODY_ENCODINGS,
  type BodyEncoding,
  type GuestOp,
  REPLY_FORMS,
  type ReplyForm,
  WIRE_LIMITS,
} from './guest-wire.ts';

/** A request as the guest wrote it, its body decoded. */
export interface GuestRequest {
  readonly op: GuestOp;
  readonly form: ReplyForm;
  readonly body: Uint8Array;
}

export type RequestReading =
  | { readonly ok: true; readonly request: GuestRequest }
  | { readonly ok: false; readonly code: 'bad-op' | 'too-long' };

const NO_BODY = new Uint8Array(0);
const BAD: RequestReading = { ok: false, code: 'bad-op' };
const TOO_LONG: RequestReading = { ok: false, code: 'too-long' };
/** Below this many code units no spelling in UTF-8 and JSON escapes is longer than the host takes. */
const SHORT = Math.floor(WIRE_LIMITS.requestHeadBytes / 6);

/**
 * Reads `<JSON>` or `<JSON>\n<body>`. Checked although the platform wrote it: a skill that finds a way around the platform
 * must not be able to make this worker send frames that break the protocol.
 */
export function readRequest(text: string): RequestReading {
  const end = text.indexOf('\n');
  const head = end === -1 ? text : text.slice(0, end);
  if (head.length > WIRE_LIMITS.requestLength) return TOO_LONG;
  const parsed = parseHead(head);
  if (parsed === undefined) return BAD;
  const { op, form, encoding } = parsed;
  if (head.length > SHORT && Buffer.byteLength(JSON.stringify(op)) > WIRE_LIMITS.requestHeadBytes) return TOO_LONG;
  if ((end !== -1) !== (encoding !== undefined)) return BAD;
  if (encoding === undefined) return { ok: true, request: { op, form, body: NO_BODY } };
  if (!carriesBody(op)) return BAD;
  const body = Buffer.from(text.slice(end + 1), encoding);
  return body.length > MAX_REQUEST_BODY_BYTES ? TOO_LONG : { ok: true, request: { op, form, body } };
}

interface RequestHead {
  readonly op: GuestOp;
  readonly form: ReplyForm;
  readonly encoding: BodyEncoding | undefined;
}

function parseHead(text: string): RequestHead | undefined {
  try {
    const fields = new Fields(JSON.parse(text));
    const op = decodeOp(fields.object('op'));
    const form = fields.word('form', REPLY_FORMS);
    const encoding = fields.optionalWord('encoding', BODY_ENCODINGS);
    fields.nothingElse();
    return op.family === 'skill' ? undefined : { op, form, encoding };
  } catch (error) {
    if (error instanceof ProtocolViolation || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
