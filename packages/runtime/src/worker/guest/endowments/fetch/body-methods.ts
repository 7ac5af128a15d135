import type { Bytes } from '../../byte-pieces.ts';
import { append, createList } from '../../collections.ts';
import {
  JSONParse,
  ReflectDefineProperty,
  ReflectGetOwnPropertyDescriptor,
  ReflectOwnKeys,
  TypedArrayPrototypeGetBuffer,
  TypeErrorOf,
} from '../../primordials.ts';
import { type Blob, blobLink } from '../blob.ts';
import { type FormData, type FormEntry, formDataLink } from '../form-data/form-data.ts';
import { readMultipart } from '../form-data/read-multipart.ts';
import { andThen, attempt, resolved } from '../fs/promise-chain.ts';
import type { Stream } from '../streams/web-streams.ts';
import { decodeText } from '../text-encoding.ts';
import { parseQuery } from '../url-search-params.ts';
import { isUsed, ownerOf, streamOf } from './body.ts';
import { combined } from './header-list.ts';
import { type Headers, headersLink } from './headers.ts';
import { type MimeType, readMimeType } from './mime-type.ts';
import { readBytes, readText } from './read-body.ts';

/** Fetch Standard §5.3, the mixin Body. */
const members = {
  get body(): Stream | null {
    return streamOf(ownerOf(this).body);
  },
  get bodyUsed(): boolean {
    return isUsed(ownerOf(this).body);
  },
  arrayBuffer(): Promise<ArrayBuffer> {
    return attempt(() =>
      andThen(readBytes(ownerOf(this).body), (bytes) => resolved(TypedArrayPrototypeGetBuffer(bytes))),
    );
  },
  blob(): Promise<Blob> {
    return attempt(() => {
      const { body, headers } = ownerOf(this);
      const { text } = mimeTypeOf(headers);
      return andThen(readBytes(body), (bytes) => resolved(blobLink.create(bytes, text)));
    });
  },
  bytes(): Promise<Bytes> {
    return attempt(() => readBytes(ownerOf(this).body));
  },
  formData(): Promise<FormData> {
    return attempt(() => {
      const { body, headers } = ownerOf(this);
      const type = mimeTypeOf(headers);
      return andThen(readBytes(body), (bytes) => resolved(parseForm(type, bytes)));
    });
  },
  json(): Promise<unknown> {
    return attempt(() => andThen(readText(ownerOf(this).body), (text) => resolved<unknown>(JSONParse(text))));
  },
  text(): Promise<string> {
    return attempt(() => readText(ownerOf(this).body));
  },
};

/** Gives a class the members above as its own. */
export function mixBodyInto(prototype: object): void {
  const keys = ReflectOwnKeys(members);
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index];
    const descriptor = key === undefined ? undefined : ReflectGetOwnPropertyDescriptor(members, key);
    if (key === undefined || descriptor === undefined) continue;
    ReflectDefineProperty(prototype, key, { ...descriptor, enumerable: false });
  }
}

function mimeTypeOf(headers: Headers): MimeType {
  return readMimeType(combined(headersLink.listOf(headers), 'content-type'));
}

function parseForm(type: MimeType, bytes: Bytes): FormData {
  if (type.essence === 'multipart/form-data' && type.boundary !== undefined) {
    return formDataLink.create(readMultipart(bytes, type.boundary));
  }
  if (type.essence !== 'application/x-www-form-urlencoded') {
    throw new TypeErrorOf('Cannot read form: the content type is not that of a form');
  }
  const entries = createList<FormEntry>();
  const pairs = parseQuery(decodeText(bytes));
  for (let index = 0; index < pairs.length; index += 1) {
    const pair = pairs[index];
    if (pair !== undefined) append(entries, { name: pair.name, value: pair.value });
  }
  return formDataLink.create(entries);
}
