const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
/** Headers that frame or route the message (RFC 9110, RFC 9112): a value there smuggles a second request. */
const FRAMING =
  /^(?:host|content-length|content-encoding|transfer-encoding|connection|keep-alive|te|trailer|upgrade|expect|via|proxy-.*|sec-.*|:.*)$/i;

/** Printable ASCII, spaces included. */
export const PRINTABLE: RegExp = /^[\x20-\x7e]*$/;

/** Tells whether a name is that of a request header in which a secret may stand. */
export function isPlainHeader(name: string): boolean {
  return TOKEN.test(name) && !FRAMING.test(name);
}
