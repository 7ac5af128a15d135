import { copyBytes } from '../../byte-pieces.ts';
import { bytesOf, isArrayBuffer } from '../../bytes.ts';
import {
  ArrayBufferIsView,
  isInstance,
  StringOf,
  StringPrototypeToWellFormed,
  TypeErrorOf,
} from '../../primordials.ts';
import { blobLink } from '../blob.ts';
import { formDataLink } from '../form-data/form-data.ts';
import { writeMultipart } from '../form-data/write-multipart.ts';
import { isDisturbed, isStream, webStreams } from '../streams/web-streams.ts';
import { serialiseParams, URLSearchParams } from '../url-search-params.ts';
import type { Payload } from './body.ts';

export interface BodyInit {
  readonly payload: Payload;
  /** The `content-type` that goes with it, unless the skill has said another. */
  readonly type: string | undefined;
}

/** Fetch Standard, "extract a body": everything that is not of a known kind becomes text. */
export function extractBody(value: unknown): BodyInit {
  if (typeof value !== 'object' || value === null) return textBody(StringOf(value), 'text/plain;charset=UTF-8');
  if (isStream(value)) {
    if (isDisturbed(value) || webStreams().isLocked(value)) {
      throw new TypeErrorOf('Cannot use stream as body: it has been read already or is locked');
    }
    return { payload: { kind: 'stream', stream: value }, type: undefined };
  }
  if (isArrayBuffer(value) || ArrayBufferIsView(value)) {
    // The skill may write to its buffer while the request is on its way (BD-097).
    return { payload: { kind: 'bytes', bytes: copyBytes(bytesOf(value, 'use body')) }, type: undefined };
  }
  return extractObject(value);
}

function extractObject(value: object): BodyInit {
  if (blobLink.is(value)) {
    return { payload: { kind: 'bytes', bytes: blobLink.bytesOf(value) }, type: blobLink.typeOf(value) || undefined };
  }
  if (formDataLink.is(value)) {
    const { boundary, bytes } = writeMultipart(formDataLink.entriesOf(value));
    return { payload: { kind: 'bytes', bytes }, type: `multipart/form-data; boundary=${boundary}` };
  }
  if (isInstance(URLSearchParams, value)) {
    return textBody(serialiseParams(value), 'application/x-www-form-urlencoded;charset=UTF-8');
  }
  return textBody(StringOf(value), 'text/plain;charset=UTF-8');
}

function textBody(text: string, type: string): BodyInit {
  return { payload: { kind: 'text', text: StringPrototypeToWellFormed(text) }, type };
}
