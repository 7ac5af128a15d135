/**
 * What pdf.js needs and the guest platform does not have. Import this before the library. Bundled with the skill like
 * any other code of its own: it opens no door to the host.
 */
import { ReadableStream } from 'web-streams-polyfill';

if (globalThis.ReadableStream === undefined) {
  Object.defineProperty(globalThis, 'ReadableStream', { value: ReadableStream, configurable: true, writable: true });
}
