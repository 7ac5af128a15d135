import type { StandardSection } from './section.ts';

const crypto: StandardSection = {
  title: 'Web Crypto §10 Crypto, §14.3.5 digest',
  cases: {
    'getRandomValues fills integer views and gives them back': `for (const View of [Uint8Array, Int8Array, Uint8ClampedArray, Uint16Array, Int32Array, BigUint64Array]) { const view = new View(16); ok(crypto.getRandomValues(view) === view); ok(view.some((value) => value != 0), View.name); }`,
    'getRandomValues fills its view and nothing around it': `const all = new Uint8Array(40); crypto.getRandomValues(all.subarray(4, 36)); same([...all.subarray(0, 4), ...all.subarray(36)], [0, 0, 0, 0, 0, 0, 0, 0]);`,
    'other views are a TypeMismatchError, too many bytes a QuotaExceededError': `throws('TypeMismatchError', () => crypto.getRandomValues(new Float32Array(1))); throws('TypeMismatchError', () => crypto.getRandomValues(new DataView(new ArrayBuffer(1)))); throws('QuotaExceededError', () => crypto.getRandomValues(new Uint8Array(65537))); ok(crypto.getRandomValues(new Uint8Array(65536)));`,
    'randomUUID is a random UUID': `const a = crypto.randomUUID(); ok(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(a) && a !== crypto.randomUUID());`,
    digests: `const hex = async (name, data) => new Uint8Array(await crypto.subtle.digest(name, data)).toHex?.() ?? Array.from(new Uint8Array(await crypto.subtle.digest(name, data)), (b) => b.toString(16).padStart(2, '0')).join('');
      const abc = new TextEncoder().encode('abc'); same([await hex('SHA-1', abc), await hex('sha-256', abc), await hex({ name: 'SHA-256' }, new Uint8Array())], ['a9993e364706816aba3e25717850c26c9cd0d89d', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855']);
      same([(await crypto.subtle.digest('SHA-384', abc)).byteLength, (await crypto.subtle.digest('SHA-512', abc.buffer)).byteLength], [48, 64]);`,
    'an unknown digest is a NotSupportedError, data that is no buffer a TypeError': `await rejects('NotSupportedError', crypto.subtle.digest('MD5', new Uint8Array())); await rejects(TypeError, crypto.subtle.digest('SHA-1', 'text'));`,
  },
  notSupported: {
    'keys: encrypt, sign, deriveBits, importKey and the rest of subtle':
      'a skill holds no keys; the host signs for it where the manifest says so',
  },
};

const time: StandardSection = {
  title: 'High Resolution Time §7 performance',
  cases: {
    'now does not go back and is relative to timeOrigin': `const a = performance.now(); const b = performance.now(); ok(a >= 0 && b >= a); ok(Math.abs(performance.timeOrigin + b - Date.now()) < 1000);`,
    'now is coarse': `ok(Number.isInteger(performance.now()));`,
  },
  notSupported: {
    'mark, measure, timeline': 'a call is too short for them; a fine clock is a tool to measure other tenants with',
  },
};

const consoleSection: StandardSection = {
  title: 'Console §1 console',
  cases: {
    'log, info, warn, error and debug take anything': `for (const level of ['log', 'info', 'warn', 'error', 'debug']) same(console[level]('%s', { a: 1 }, Symbol('x'), null), undefined);`,
    'the methods work when taken off': `const { log } = console; log('taken off');`,
    'has a string tag': `same(Object.prototype.toString.call(console), '[object console]');`,
  },
  notSupported: { 'assert, count, dir, group, table, time, trace': 'a log is a list of lines' },
};

/** Globals of the Minimum Common Web API, ECMA-429; each is looked for. */
const COMMON_GLOBALS = [
  'AbortController',
  'AbortSignal',
  'Blob',
  'ByteLengthQueuingStrategy',
  'CountQueuingStrategy',
  'CustomEvent',
  'DOMException',
  'Event',
  'EventTarget',
  'File',
  'FormData',
  'Headers',
  'ReadableByteStreamController',
  'ReadableStream',
  'ReadableStreamBYOBReader',
  'ReadableStreamBYOBRequest',
  'ReadableStreamDefaultController',
  'ReadableStreamDefaultReader',
  'Request',
  'Response',
  'TextDecoder',
  'TextDecoderStream',
  'TextEncoder',
  'TextEncoderStream',
  'TransformStream',
  'TransformStreamDefaultController',
  'URL',
  'URLPattern',
  'URLSearchParams',
  'WritableStream',
  'WritableStreamDefaultController',
  'WritableStreamDefaultWriter',
  'atob',
  'btoa',
  'clearInterval',
  'clearTimeout',
  'console',
  'crypto',
  'globalThis',
  'performance',
  'queueMicrotask',
  'self',
  'setInterval',
  'setTimeout',
  'structuredClone',
];

const common: StandardSection = {
  title: 'Minimum Common Web API: globals',
  cases: Object.fromEntries(
    COMMON_GLOBALS.map((name) => [name, `ok(typeof ${name} !== 'undefined', 'global ${name}');`]),
  ),
  notSupported: {
    fetch: 'present only where the skill was granted a host',
    'CompressionStream, DecompressionStream':
      'plain JavaScript does it inside a bundle; the host undoes the coding of responses itself',
    'Crypto, CryptoKey, SubtleCrypto, Performance':
      'the objects are there, their classes are not, as nothing can be made of them',
    'ErrorEvent, PromiseRejectionEvent, reportError, onerror, onunhandledrejection':
      'what is not caught ends the call, or is a line of its log',
    'MessageChannel, MessageEvent, MessagePort': 'one call is one realm, there is nobody to talk to',
    navigator: 'nothing of the host is shown',
    WebAssembly: 'taken away: it is machine code by another name',
    setImmediate: 'not part of a standard; `queueMicrotask` or `setTimeout`',
  },
};

export const MACHINE_SECTIONS: readonly StandardSection[] = [crypto, time, consoleSection, common];
