const IN_CONTENT_TYPE = /charset\s*=\s*"?([\w.:-]{1,40})/iu;
const IN_DECLARATION = /^<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/u;

/** Turns the bytes of an XML document into text: by the header, by its own declaration, as UTF-8 (RFC 7303, section 3). */
export function decodeXml(bytes: Uint8Array, contentType: string | null): string {
  const [, fromHeader] = IN_CONTENT_TYPE.exec(contentType ?? '') ?? [];
  // Every encoding that a feed is likely to have writes the declaration in the bytes of ASCII.
  const [, fromDeclaration] = IN_DECLARATION.exec(decode('latin1', bytes.subarray(0, 300)) ?? '') ?? [];
  return decode(fromHeader ?? fromDeclaration ?? 'utf-8', bytes) ?? new TextDecoder().decode(bytes);
}

function decode(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    // A label that nobody knows.
    return undefined;
  }
}
