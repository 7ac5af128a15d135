import { isDeepStrictEqual } from 'node:util';
import { assertNever } from '@carapace/manifest';
import type { ResultCode, ToolResult } from '@carapace/runtime';

/** What must come out of a call, exactly. */
export type Expected =
  /** No error, and this value. */
  | { readonly kind: 'value'; readonly value: unknown }
  /** An error with this code and, where given, this whole text. */
  | { readonly kind: 'error'; readonly code: ResultCode; readonly text?: string }
  /** A closed list, only where the corpus itself allows several outcomes or the machine decides. */
  | { readonly kind: 'one-of'; readonly because: string; readonly of: readonly Expected[] };

export function value(expected: unknown): Expected {
  return { kind: 'value', value: expected };
}

export function error(code: ResultCode, text?: string): Expected {
  return text === undefined ? { kind: 'error', code } : { kind: 'error', code, text };
}

export function oneOf(because: string, ...of: readonly Expected[]): Expected {
  return { kind: 'one-of', because, of };
}

export function meets(result: ToolResult, expected: Expected): boolean {
  switch (expected.kind) {
    case 'value':
      return !result.isError && isDeepStrictEqual(plain(result.structured), expected.value);
    case 'error':
      return result.code === expected.code && (expected.text === undefined || textOf(result) === expected.text);
    case 'one-of':
      return expected.of.some((one) => meets(result, one));
    default:
      return assertNever(expected);
  }
}

export function textOf({ content }: ToolResult): string {
  return content.map(({ text }) => text).join('');
}

/** The same data with ordinary prototypes. */
function plain(structured: unknown): unknown {
  return structured === undefined ? undefined : JSON.parse(JSON.stringify(structured));
}
