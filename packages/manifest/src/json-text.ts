import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { childPointer, pointerTokens } from './json-pointer.ts';
import type { ManifestIssue } from './manifest-issue.ts';

/** A JSON text that has been read strictly, or what is wrong with it. */
export type JsonTextReading =
  | { readonly ok: true; readonly value: unknown; readonly locate: (issue: ManifestIssue) => ManifestIssue }
  | { readonly ok: false; readonly tooLarge: boolean; readonly issues: readonly ManifestIssue[] };

const STRICT = { disallowComments: true, allowTrailingComma: false };
const MOST_ISSUES = 50;
const MOST_BRACKETS = 1000;
const FIX = 'write plain JSON (RFC 8259) in UTF-8: no comments, no trailing commas, no byte order mark';

/** Reads strict JSON and remembers where everything stands. Duplicate keys, which JSON.parse lets the last win, are refused. */
export function readJsonText(
  text: string,
  bounds: { readonly characters: number; readonly depth: number },
): JsonTextReading {
  const large = text.length > bounds.characters ? `more than ${bounds.characters} characters` : undefined;
  const deep =
    large === undefined && depthOf(text) > bounds.depth ? `nested more than ${bounds.depth} levels` : undefined;
  const why = large ?? deep;
  if (why !== undefined) {
    return {
      ok: false,
      tooLarge: true,
      issues: [{ pointer: '', rule: 'too-large', message: `Cannot read the document: ${why}`, fix: 'shorten it' }],
    };
  }
  if (text.startsWith('\ufeff')) return syntax([problem(text, 0, 'it starts with a byte order mark')]);
  const parsed = parseStrict(text);
  if (!parsed.ok) return syntax(syntaxProblems(text, parsed.offset));
  const tree = parseTree(text, [], STRICT);
  if (tree === undefined) return syntax([problem(text, 0, 'it is not JSON')]);
  const repeated: ManifestIssue[] = [];
  collectDuplicateKeys(tree, '', text, repeated);
  if (repeated.length > 0) return syntax(repeated);
  return {
    ok: true,
    value: parsed.value,
    locate: (issue) => ({ ...issue, ...position(text, offsetOf(tree, issue.pointer)) }),
  };
}

function parseStrict(
  text: string,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly offset: number } {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch (error) {
    if (error instanceof SyntaxError)
      return { ok: false, offset: Number(/position (\d+)/.exec(error.message)?.[1] ?? 0) };
    throw error;
  }
}

function syntaxProblems(text: string, offset: number): readonly ManifestIssue[] {
  const errors: ParseError[] = [];
  // The tolerant parser is recursive and ends strings at line ends, so text that is not JSON could nest without bound in it.
  if ((text.match(/[[{]/g)?.length ?? 0) <= MOST_BRACKETS) parseTree(text, errors, STRICT);
  const found = errors
    .slice(0, MOST_ISSUES)
    .map((error) => problem(text, error.offset, describe(printParseErrorCode(error.error))));
  return found.length > 0 ? found : [problem(text, offset, 'it is not JSON')];
}

/** Deepest nesting of brackets outside strings, counted before any recursive parser sees the text. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
}

function collectDuplicateKeys(node: Node, pointer: string, text: string, found: ManifestIssue[]): void {
  const seen = new Set<string>();
  for (const [index, child] of (node.children ?? []).entries()) {
    if (found.length >= MOST_ISSUES) return;
    const [key, value] = child.type === 'property' ? (child.children ?? []) : [undefined, child];
    const name = key === undefined ? String(index) : String(key.value);
    const at = childPointer(pointer, name);
    if (key !== undefined && seen.has(name)) {
      const message = `Cannot accept the key ${JSON.stringify(name)}: it stands in the same object twice`;
      found.push({
        pointer: at,
        ...position(text, child.offset),
        rule: 'duplicate-key',
        message,
        fix: 'keep one of them',
      });
    }
    seen.add(name);
    if (value !== undefined) collectDuplicateKeys(value, at, text, found);
  }
}

/** Where the value stands; for something missing, the nearest holder. */
function offsetOf(tree: Node, pointer: string): number {
  const tokens = [...pointerTokens(pointer)];
  for (;;) {
    const node = findNodeAtLocation(tree, typedPath(tree, tokens));
    if (node !== undefined) return (node.parent?.type === 'property' ? node.parent : node).offset;
    if (tokens.pop() === undefined) return 0;
  }
}

function typedPath(tree: Node, tokens: readonly string[]): (string | number)[] {
  const path: (string | number)[] = [];
  for (const token of tokens) {
    const holder = path.length === 0 ? tree : findNodeAtLocation(tree, path);
    path.push(holder?.type === 'array' ? Number(token) : token);
  }
  return path;
}

function position(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

function problem(text: string, offset: number, what: string): ManifestIssue {
  return {
    pointer: '',
    ...position(text, offset),
    rule: 'json-syntax',
    message: `Cannot read the document: ${what}`,
    fix: FIX,
  };
}

function describe(code: string): string {
  const words = code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words === '<unknown parse error code>' ? 'it is not JSON' : words;
}

function syntax(issues: readonly ManifestIssue[]): JsonTextReading {
  return { ok: false, tooLarge: false, issues };
}
