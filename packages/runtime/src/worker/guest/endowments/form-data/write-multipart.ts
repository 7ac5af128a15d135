import { type Bytes, joinBytes } from '../../byte-pieces.ts';
import { append, createList, type List } from '../../collections.ts';
import { ask } from '../../host-call.ts';
import { replaceEach } from '../../replace-each.ts';
import { blobLink } from '../blob.ts';
import { fileLink } from '../file.ts';
import { encodeText } from '../text-encoding.ts';
import type { FormEntry } from './form-data.ts';

export interface Multipart {
  readonly boundary: string;
  readonly bytes: Bytes;
}

/** HTML Standard, "multipart/form-data encoding algorithm"; the boundary is random, so that no content can contain it. */
export function writeMultipart(entries: List<FormEntry>): Multipart {
  const boundary = `----carapace-${ask('uuid', '')}`;
  const pieces = createList<Bytes>();
  let text = '';
  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index];
    if (entry === undefined) continue;
    text = `${text}--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(unifyBreaks(entry.name))}"`;
    if (typeof entry.value === 'string') {
      text = `${text}\r\n\r\n${unifyBreaks(entry.value)}\r\n`;
      continue;
    }
    const type = blobLink.typeOf(entry.value) || 'application/octet-stream';
    text = `${text}; filename="${escapeName(fileLink.nameOf(entry.value))}"\r\nContent-Type: ${type}\r\n\r\n`;
    append(pieces, encodeText(text));
    append(pieces, blobLink.bytesOf(entry.value));
    text = '\r\n';
  }
  append(pieces, encodeText(`${text}--${boundary}--\r\n`));
  return { boundary, bytes: joinBytes(pieces) };
}

/** A quote or a line break in a name would end it and begin a header of the skill's choice. */
function escapeName(name: string): string {
  return replaceEach(replaceEach(replaceEach(name, '\n', '%0A'), '\r', '%0D'), '"', '%22');
}

/** Every line break as CR LF. */
function unifyBreaks(text: string): string {
  const bare = replaceEach(replaceEach(text, '\r\n', '\n'), '\r', '\n');
  return replaceEach(bare, '\n', '\r\n');
}
