/** Programs that more than one place runs: the corpus in the guest, the negative controls in a context of the test's own. */

/**
 * `walk(roots)`: every object reachable by prototype, property and accessor, with the path that led to it.
 * `survey(roots, known)`: what of it is suspicious. `known` counts native functions by name and length in a realm without
 * a host; a host function is one more of its sort, and a function of another realm is no instance of this one's Function.
 */
export const SURVEY: string = String.raw`
function walk(roots) {
  const seen = new Map();
  const queue = Object.entries(roots);
  for (let at = 0; at < queue.length; at += 1) {
    const [path, value] = queue[at];
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue;
    seen.set(value, path);
    queue.push([path + '.__proto__', Object.getPrototypeOf(value)]);
    for (const key of Reflect.ownKeys(value)) {
      const found = Reflect.getOwnPropertyDescriptor(value, key);
      const name = path + '.' + String(key);
      if ('value' in found) queue.push([name, found.value]);
      else queue.push([name + '(get)', found.get], [name + '(set)', found.set]);
    }
  }
  return seen;
}
function nativeFunctions(seen) {
  const paths = new Map();
  for (const [value, path] of seen) {
    if (typeof value !== 'function' || !/\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(value))) continue;
    const name = Reflect.getOwnPropertyDescriptor(value, 'name')?.value;
    const sort = (typeof name === 'string' ? name : '') + '/' + value.length;
    paths.set(sort, [...(paths.get(sort) ?? []), path]);
  }
  return paths;
}
function languageRoots() {
  return {
    globalThis,
    asyncFunction: async () => {},
    generator: (function* () {})(),
    asyncGenerator: (async function* () {})(),
    arrayIterator: [].values(),
    mapIterator: new Map().entries(),
    setIterator: new Set().values(),
    stringIterator: ''[Symbol.iterator](),
    matchIterator: ''.matchAll(/x/g),
    segments: new Intl.Segmenter().segment('a b')[Symbol.iterator](),
    helper: [].values().map((x) => x),
    wrapped: Iterator.from({ next() {} }),
    promise: Promise.resolve(),
    typedArray: new Uint8Array(1),
    date: new Date(),
    error: new Error('x'),
    pattern: /x/,
    arguments: (function () { return arguments; })(),
  };
}
function survey(roots, known) {
  const seen = walk({ ...languageRoots(), ...roots });
  const unknownNative = [];
  for (const [sort, paths] of nativeFunctions(seen)) {
    if (paths.length > (known[sort] ?? 0)) unknownNative.push(sort + ' at ' + paths.join(' '));
  }
  const foreign = [...seen].filter(([value]) => typeof value === 'function' && value !== Function.prototype && !(value instanceof Function)).map(([, path]) => path);
  const host = /^(?:Isolate|Context|Reference|ExternalCopy|Callback|Module|Script|InspectorSession|process|require|Buffer)$/;
  const named = [...seen].filter(([value, path]) => typeof value === 'function' && host.test(value.name)).map(([, path]) => path);
  return { unknownNative, foreign, named, walkedEnough: seen.size > 800 };
}`;

/** Counts native functions by name and length, for `survey`. */
export const COUNT_NATIVES: string = `${SURVEY}
JSON.stringify(Object.fromEntries([...nativeFunctions(walk(languageRoots()))].map(([sort, paths]) => [sort, paths.length])));`;

/**
 * `judge(path, value)`: notes in `leaks` whether a value belongs to another realm or leads to a Function that knows more than
 * the guest's own.
 */
export const JUDGE: string = String.raw`
const leaks = [];
const POWERS = ['process', 'require', 'module', 'Buffer', 'global', 'ivm', '__dirname', 'setImmediate', 'WebAssembly'];
const typesOf = (make) => POWERS.filter((name) => make('return typeof ' + name)() !== 'undefined');
function judge(path, value) {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return;
  let top = value;
  for (let next = Object.getPrototypeOf(top); next !== null; next = Object.getPrototypeOf(top)) top = next;
  if (top !== Object.prototype && top !== value) leaks.push(path + ': chain ends in another realm');
  const maker = value.constructor?.constructor;
  if (maker === undefined) return;
  if (maker !== Function) leaks.push(path + ': constructor.constructor is not this realm\'s Function');
  for (const power of typesOf(maker)) leaks.push(path + ': sees ' + power);
}`;

/** What the guest platform offers, each with a receiver, to be called with whatever an attacker finds useful. */
export const SHIM_FUNCTIONS = `
const target = new EventTarget(), controller = new AbortController(), params = new URLSearchParams('a=1');
const encoder = new TextEncoder(), decoder = new TextDecoder(), address = new URL('http://a.example/');
const shim = { ...Object.fromEntries(Object.entries(console).map(([k, f]) => ['console.' + k, f])),
  ...Object.fromEntries(Object.entries(ctx.log).map(([k, f]) => ['ctx.log.' + k, f])),
  ...Object.fromEntries(Object.entries(fs).map(([k, f]) => ['fs.' + k, f])),
  setTimeout, clearTimeout, setInterval, clearInterval, queueMicrotask, structuredClone, atob, btoa,
  URL, URLSearchParams, TextEncoder, TextDecoder, Event, EventTarget, AbortController, AbortSignal, DOMException,
  'URL.parse': URL.parse, 'URL.canParse': URL.canParse, 'AbortSignal.timeout': AbortSignal.timeout, 'AbortSignal.any': AbortSignal.any,
  'crypto.getRandomValues': crypto.getRandomValues, 'crypto.randomUUID': crypto.randomUUID, 'crypto.subtle.digest': crypto.subtle.digest,
  'performance.now': performance.now,
  'target.addEventListener': target.addEventListener.bind(target), 'target.dispatchEvent': target.dispatchEvent.bind(target),
  'controller.abort': controller.abort.bind(controller), 'params.append': params.append.bind(params), 'params.forEach': params.forEach.bind(params),
  'encoder.encode': encoder.encode.bind(encoder), 'encoder.encodeInto': encoder.encodeInto.bind(encoder), 'decoder.decode': decoder.decode.bind(decoder),
  'address.toString': address.toString.bind(address) };`;
