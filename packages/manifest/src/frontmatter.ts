import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { copyJson } from './copy-json.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { pointerTokens } from './json-pointer.ts';
import type { ManifestIssue } from './manifest-issue.ts';
import { FRONTMATTER_RULES } from './schema-rules.ts';

/** Frontmatter that has been read, or what is wrong with it. */
export type FrontmatterReading =
  | { readonly ok: true; readonly fields: JsonObject; readonly locate: (issue: ManifestIssue) => ManifestIssue }
  | { readonly ok: false; readonly issues: readonly ManifestIssue[] };

const BOUNDS = { depth: 8, values: 1_000, characters: 16 * 1024 };
/** The frontmatter begins on the second line of its file. */
const LINES_BEFORE = 1;

/**
 * Reads the YAML between the `---` lines, limited to what frontmatter needs: one map, no tags, no anchors or aliases (an
 * alias bomb is a few hundred bytes), no key twice.
 */
export function readFrontmatter(yaml: string): FrontmatterReading {
  const lines = new LineCounter();
  const document = nestsTooDeep(yaml) ? undefined : parseSafely(yaml, lines);
  if (document === undefined) return refuse([problem('nested too deep')]);
  if (document.errors.length > 0) {
    return refuse(
      document.errors
        .slice(0, 20)
        .map((error) => ({ ...problem(firstLine(error.message)), ...position(lines, error.pos[0]) })),
    );
  }
  const forbidden = forbiddenFeature(document);
  if (forbidden !== undefined) return refuse([problem(forbidden)]);
  const copy = copyJson(document.toJS({ maxAliasCount: 0 }), BOUNDS);
  if (!copy.ok) return refuse(copy.issues);
  if (!isJsonObject(copy.value)) return refuse([problem('it holds no fields')]);
  return {
    ok: true,
    fields: copy.value,
    locate: (issue) => ({ ...issue, ...position(lines, offsetOf(document, issue.pointer)) }),
  };
}

/** The parser is recursive. Blocks nest at the price of indentation; brackets and `- - -` nest almost for free. */
function nestsTooDeep(yaml: string): boolean {
  return (yaml.match(/[[{]/g)?.length ?? 0) > 200 || /(?:[-?:][ \t]+){16}/.test(yaml);
}

function parseSafely(yaml: string, lineCounter: LineCounter): Document | undefined {
  try {
    return parseDocument(yaml, {
      schema: 'core',
      version: '1.2',
      strict: true,
      uniqueKeys: true,
      customTags: [],
      logLevel: 'error',
      lineCounter,
      prettyErrors: false,
    });
  } catch {
    // It reports errors in its result and is not meant to throw; if it does, the text is not readable frontmatter.
    return undefined;
  }
}

function forbiddenFeature(document: Document): string | undefined {
  let found: string | undefined;
  visit(document, {
    Alias: () => {
      found = 'it uses an alias';
      return visit.BREAK;
    },
    Node: (_key, node) => {
      if (isNode(node) && 'anchor' in node && node.anchor !== undefined) found = 'it uses an anchor';
      if (isNode(node) && node.tag !== undefined) found = 'it uses a tag';
      return found === undefined ? undefined : visit.BREAK;
    },
    Pair: (_key, pair) => {
      if (!isScalar(pair.key) || typeof pair.key.value !== 'string') found = 'it has a key that is not a text';
      return found === undefined ? undefined : visit.BREAK;
    },
  });
  return found ?? (isMap(document.contents) ? undefined : 'it holds no fields');
}

function offsetOf(document: Document, pointer: string): number {
  const node: unknown = document.getIn(pointerTokens(pointer), true);
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function position(lines: LineCounter, offset: number): { readonly line: number; readonly column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: line + LINES_BEFORE, column: Math.max(1, col) };
}

function problem(what: string): ManifestIssue {
  const rule = 'frontmatter-syntax';
  return { pointer: '', rule, message: `Cannot read the frontmatter: ${what}`, fix: FRONTMATTER_RULES[rule].fix };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}

function refuse(issues: readonly ManifestIssue[]): FrontmatterReading {
  return { ok: false, issues };
}
