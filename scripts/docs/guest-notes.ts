/** What a skill author has to know about each global that the platform adds, beyond the standard that it follows. */
export const GUEST_NOTES: Readonly<Record<string, string>> = {
  AbortController: 'DOM Standard',
  AbortSignal: 'DOM Standard',
  DOMException: 'names and codes of Web IDL',
  Event: 'DOM Standard; there is no tree, so nothing bubbles',
  EventTarget: 'options `once`, `passive`, `signal`',
  TextDecoder: 'every encoding of the Encoding Standard that Node has; streaming too',
  TextEncoder: 'Encoding Standard',
  URL: 'URL Standard, without object URLs',
  URLPattern: 'URL Pattern Standard; matched by the worker, on the processor time of the call',
  URLSearchParams: 'URL Standard',
  atob: '',
  btoa: '',
  clearInterval: '',
  clearTimeout: '',
  console: 'lines go to the audit trail and to `result.logs`',
  crypto: '`subtle` has `digest` only, with SHA-1, SHA-256, SHA-384 and SHA-512',
  performance: 'whole milliseconds',
  queueMicrotask: '',
  self: 'another name of `globalThis`',
  setInterval: 'each beat is one request to the host and counts against `brokerCalls`',
  setTimeout: 'one request to the host, which keeps the clock; counts against `brokerCalls`; returns a number',
  structuredClone: 'plain objects, arrays, dates, maps, sets, errors, buffers; `transfer` moves array buffers',
};

/** How `node:fs/promises` differs from Node's. */
export const FS_NOTES: Readonly<Record<string, string>> = {
  access: '`W_OK` is always refused',
  constants: '`F_OK`, `R_OK`, `W_OK`, `X_OK` only',
  readFile: "`Uint8Array`, or text with `'utf8'`; other encodings are refused; option `signal`",
  readdir: 'granted names only, sorted; `withFileTypes` and `signal`, no `recursive`',
  stat: '`size`, `mtimeMs`, `mtime` in whole seconds, `isFile()`, `isDirectory()`, `isSymbolicLink()`; no owner, mode or inode',
};

/** What authors look for and will not find, and what to do without it. */
export const ABSENT: readonly (readonly [name: string, instead: string])[] = [
  ['fetch', 'there is no network yet, whatever the manifest asks for'],
  ['Request', ''],
  ['Response', ''],
  ['Headers', ''],
  ['FormData', ''],
  ['Blob', '`Uint8Array`'],
  ['ReadableStream', 'read whole files'],
  ['WebSocket', ''],
  ['process', 'no environment, no arguments; settings come in with the input'],
  ['require', 'bundle what you need'],
  ['Buffer', '`Uint8Array`, `TextEncoder`, `TextDecoder`'],
  ['setImmediate', '`queueMicrotask` or `setTimeout`'],
  ['Temporal', '`Date`; its finest unit is a millisecond'],
  ['WebAssembly', 'plain JavaScript builds of a library; absent with `"jit": true` as well'],
  ['SharedArrayBuffer', ''],
  ['Atomics', ''],
  ['WeakRef', ''],
  ['FinalizationRegistry', ''],
  ['Worker', 'one call is one thread'],
];
