/**
 * The skill that runs conformance cases inside the isolate: text, because it is compiled there. `run` evaluates a program once for
 * each case and says which threw; `evaluate` does so with cases that are programs themselves.
 */
export const GUEST_PROGRAM = `
const AsyncFunction = (async () => {}).constructor;

const show = (value) => {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return '[' + value.map(show).join(', ') + ']';
  if (ArrayBuffer.isView(value)) return value.constructor.name + ' [' + Array.from(value).join(', ') + ']';
  if (value !== null && typeof value === 'object') {
    return '{' + Object.entries(value).sort().map(([key, member]) => key + ': ' + show(member)).join(', ') + '}';
  }
  return String(value);
};
const fail = (message) => { throw new Error(message); };
/** Same value; arrays and objects by what is in them. */
const same = (actual, expected, what = 'value') => {
  const [seen, wanted] = [show(actual), show(expected)];
  const simple = typeof expected !== 'object' || expected === null;
  if (simple ? !Object.is(actual, expected) : seen !== wanted) fail(what + ' is ' + seen + ', not ' + wanted);
};
const ok = (value, what = 'condition') => { if (!value) fail(what + ' does not hold'); };
/** An error of a class, or the DOMException of a name. */
const isError = (type, error) => typeof type === 'string' ? error instanceof DOMException && error.name === type : error instanceof type;
const describeError = (error) => error instanceof Error ? error.name + ': ' + error.message : show(error);
const judge = (type, error) => { if (!isError(type, error)) fail('threw ' + describeError(error) + ', not ' + (type.name ?? type)); };
const throws = (type, act, what = 'nothing was thrown') => {
  try { act(); } catch (error) { judge(type, error); return error; }
  return fail(what);
};
const rejects = async (type, promise) => {
  try { await promise; } catch (error) { judge(type, error); return error; }
  return fail('the promise was fulfilled');
};
const bytes = (...values) => new Uint8Array(values);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const API = 'https://api.example.com';
const SCOPE = { API, same, ok, fail, throws, rejects, bytes, pause };
const compile = (code) => new AsyncFunction('item', ...Object.keys(SCOPE), '"use strict";' + code);

const collect = async (items, test) => {
  const failures = [];
  for (const [index, item] of items.entries()) {
    try { await test(item); } catch (error) { failures.push({ index, message: describeError(error) }); }
  }
  return failures;
};
export default { tools: {
  run({ program, items }) {
    const test = compile(program);
    return collect(JSON.parse(items), (item) => test(item, ...Object.values(SCOPE)));
  },
  evaluate({ items }) {
    return collect(JSON.parse(items), ({ code }) => compile(code)(undefined, ...Object.values(SCOPE)));
  },
} };`;
