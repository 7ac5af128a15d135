import { WIRE_LIMITS } from '../guest-wire.ts';
import { SafeMap } from './collections.ts';
import { isProxy } from './is-proxy.ts';
import {
  FunctionPrototypeToString,
  isInstance,
  PromiseOf,
  ReflectGetOwnPropertyDescriptor,
  ReflectOwnKeys,
  StringPrototypeStartsWith,
} from './primordials.ts';

/** A tool's function and what `this` is inside it. */
export interface Tool {
  readonly run: (...args: readonly unknown[]) => unknown;
  readonly self: unknown;
}

export type Entry =
  | { readonly kind: 'tools'; readonly tools: SafeMap<string, Tool> }
  | { readonly kind: 'invalid'; readonly reason: string };

/**
 * Finds the tools in a skill's module: `export default { tools }` or `export const tools`. Only plain data properties
 * count, so that nothing of the skill runs while it is inspected (IS-050).
 */
export function readEntry(exported: { readonly default?: unknown; readonly tools?: unknown }): Entry {
  if (exported.default !== undefined) {
    const container = checkObject(exported.default, 'the default export');
    if (container.kind === 'invalid') return container;
    const descriptor = ReflectGetOwnPropertyDescriptor(container.value, 'tools');
    if (descriptor === undefined) return invalid('the default export has no property "tools"');
    if (!('value' in descriptor)) return invalid('"tools" is a getter');
    return readTools(descriptor.value);
  }
  if (exported.tools !== undefined) return readTools(exported.tools);
  return invalid('the module exports neither a default nor "tools"');
}

function readTools(value: unknown): Entry {
  const checked = checkObject(value, '"tools"');
  if (checked.kind === 'invalid') return checked;
  const keys = ReflectOwnKeys(checked.value);
  if (keys.length > WIRE_LIMITS.tools) return invalid(`"tools" has more than ${WIRE_LIMITS.tools} properties`);
  const tools = new SafeMap<string, Tool>();
  for (let index = 0; index < keys.length; index += 1) {
    const name = keys[index];
    if (typeof name !== 'string') continue;
    const tool = readTool(name, ReflectGetOwnPropertyDescriptor(checked.value, name));
    if (typeof tool === 'string') return invalid(tool);
    tools.set(name, tool);
  }
  return { kind: 'tools', tools };
}

function readTool(name: string, descriptor: PropertyDescriptor | undefined): Tool | string {
  if (descriptor === undefined || !('value' in descriptor)) return `tool "${name}" is a getter`;
  const value: unknown = descriptor.value;
  if (isFunction(value)) return checkFunction(name, value, undefined);
  const checked = checkObject(value, `tool "${name}"`);
  if (checked.kind === 'invalid') return checked.reason;
  const run = ReflectGetOwnPropertyDescriptor(checked.value, 'run');
  if (run === undefined) return `tool "${name}" has no function "run"`;
  if (!('value' in run)) return `"run" of tool "${name}" is a getter`;
  const method: unknown = run.value;
  return isFunction(method) ? checkFunction(name, method, checked.value) : `"run" of tool "${name}" is not a function`;
}

function checkFunction(name: string, run: Tool['run'], self: unknown): Tool | string {
  if (isProxy(run)) return `tool "${name}" is a Proxy`;
  if (isClass(run)) return `tool "${name}" is a class`;
  return { run, self };
}

type Checked =
  | { readonly kind: 'object'; readonly value: object }
  | { readonly kind: 'invalid'; readonly reason: string };

function checkObject(value: unknown, what: string): Checked {
  if (isFunction(value)) return invalid(`${what} is a ${isClass(value) ? 'class' : 'function'}, not an object`);
  if (typeof value !== 'object' || value === null) return invalid(`${what} is not an object`);
  if (isProxy(value)) return invalid(`${what} is a Proxy`);
  if (isInstance(PromiseOf, value)) return invalid(`${what} is a promise`);
  return { kind: 'object', value };
}

function isFunction(value: unknown): value is Tool['run'] {
  return typeof value === 'function';
}

/** A class cannot be called; its source text is the only thing that tells. A built-in class says so when it is called. */
function isClass(value: object): boolean {
  return StringPrototypeStartsWith(FunctionPrototypeToString(value), 'class');
}

function invalid(reason: string): { readonly kind: 'invalid'; readonly reason: string } {
  return { kind: 'invalid', reason };
}
