import { isJsonList, isJsonObject, type JsonObject, type JsonSchema, type JsonValue } from '../json.ts';
import { childPointer, pointerTokens } from '../json-pointer.ts';
import { type PatternProblem, type PatternReading, readPattern } from './linear-pattern.ts';
import { TOOL_SCHEMA_BOUNDS } from './schema-bounds.ts';
import { type KeywordKind, SCHEMA_KEYWORDS } from './schema-keywords.ts';

/** Why a schema is not supported. */
export interface SchemaObjection {
  /** JSON pointer within the schema. */
  readonly pointer: string;
  readonly message: string;
  readonly fix?: string;
}

const MOST_OBJECTIONS = 50;
const PATTERN_WORDS: Readonly<Record<PatternProblem, string>> = {
  'too-long': `longer than ${TOOL_SCHEMA_BOUNDS.patternLength} characters`,
  'too-large': `more than ${TOOL_SCHEMA_BOUNDS.patternSteps} steps once its repetitions are written out`,
  'not-re2': 'not in RE2 syntax (no look-around, no back-references)',
};

interface Inspection {
  readonly root: JsonSchema;
  readonly objections: SchemaObjection[];
  readonly patterns: Map<string, PatternReading>;
  /** References being followed, to see a circle. */
  readonly following: string[];
  nodes: number;
  words: number;
  steps: number;
}

/**
 * Tells everything that keeps a schema from being compiled, without compiling it: unknown keywords, remote or circular
 * references, patterns RE2 cannot run, and sizes that would make compiling or checking slow.
 */
export function inspectToolSchema(schema: JsonSchema): readonly SchemaObjection[] {
  const size = JSON.stringify(schema).length;
  if (size > TOOL_SCHEMA_BOUNDS.characters) {
    const message = `Cannot use the schema: larger than ${TOOL_SCHEMA_BOUNDS.characters} characters`;
    return [{ pointer: '', message, fix: 'shorten it' }];
  }
  const state: Inspection = {
    root: schema,
    objections: [],
    patterns: new Map(),
    following: [],
    nodes: 0,
    words: 0,
    steps: 0,
  };
  inspectSchema(schema, '', 0, state);
  checkTotals(state);
  return state.objections;
}

function inspectSchema(schema: JsonValue, pointer: string, depth: number, state: Inspection): void {
  state.nodes += 1;
  if (typeof schema === 'boolean' || !isJsonObject(schema) || isExhausted(state)) return;
  if (depth > TOOL_SCHEMA_BOUNDS.depth) {
    object(state, pointer, `nested more than ${TOOL_SCHEMA_BOUNDS.depth} levels, references followed`, 'flatten it');
    return;
  }
  for (const name of Object.keys(schema))
    inspectKeyword(name, schema[name] ?? null, { pointer: childPointer(pointer, name), depth, holder: schema, state });
}

interface KeywordPlace {
  readonly pointer: string;
  readonly depth: number;
  readonly holder: JsonObject;
  readonly state: Inspection;
}

function inspectKeyword(name: string, value: JsonValue, place: KeywordPlace): void {
  const { pointer, state } = place;
  const keyword = SCHEMA_KEYWORDS.get(name);
  if (keyword === undefined)
    object(state, pointer, `unknown keyword ${JSON.stringify(name.slice(0, 64))}`, 'remove it');
  else if (keyword.accepts(value)) INSPECTIONS[keyword.kind](value, place);
  else object(state, pointer, `not ${keyword.expected}`, `give ${keyword.expected}`);
}

const INSPECTIONS: Readonly<Record<KeywordKind, (value: JsonValue, place: KeywordPlace) => void>> = {
  schema: (value, { pointer, depth, state }) => inspectSchema(value, pointer, depth + 1, state),
  'schema-list': inspectList,
  'schema-map': inspectMap,
  'pattern-map': inspectPatternMap,
  pattern: (value, { pointer, state }) => inspectPattern(value, pointer, state),
  words: (value, { state }) => {
    state.words += countValues(value);
  },
  ref: inspectReference,
  plain: () => undefined,
  annotation: () => undefined,
};

function inspectList(value: JsonValue, { pointer, depth, state }: KeywordPlace): void {
  if (!isJsonList(value)) return;
  for (const [index, item] of value.entries()) inspectSchema(item, childPointer(pointer, index), depth + 1, state);
}

function inspectMap(value: JsonValue, { pointer, depth, state }: KeywordPlace): void {
  if (!isJsonObject(value)) return;
  for (const key of Object.keys(value)) {
    const child = value[key] ?? null;
    const at = childPointer(pointer, key);
    if (isJsonObject(child) || typeof child === 'boolean') inspectSchema(child, at, depth + 1, state);
    else object(state, at, 'not a schema', 'give a schema');
  }
}

function inspectPatternMap(value: JsonValue, place: KeywordPlace): void {
  if (!isJsonObject(value)) return;
  for (const source of Object.keys(value)) inspectPattern(source, childPointer(place.pointer, source), place.state);
  inspectMap(value, place);
}

function inspectPattern(source: JsonValue, pointer: string, state: Inspection): void {
  if (typeof source !== 'string' || isExhausted(state)) return;
  const known = state.patterns.get(source);
  const { steps, problem } = known ?? readPattern(source);
  if (known === undefined) state.steps += steps;
  state.patterns.set(source, { steps, ...(problem === undefined ? {} : { problem }) });
  if (problem !== undefined) object(state, pointer, PATTERN_WORDS[problem], 'write a shorter pattern in RE2 syntax');
}

function inspectReference(reference: JsonValue, place: KeywordPlace): void {
  const { pointer, depth, state } = place;
  if (typeof reference !== 'string') return;
  const target = localTarget(reference, state.root);
  const objection = referenceObjection(reference, place) ?? OBJECTIONS.remote;
  if (target === undefined || objection !== OBJECTIONS.remote) {
    object(state, pointer, objection.why, objection.fix);
    return;
  }
  state.following.push(reference);
  inspectSchema(target, pointer, depth + 1, state);
  state.following.pop();
}

const OBJECTIONS = {
  remote: {
    why: 'the reference does not lead to "#/$defs/…" of this schema',
    fix: 'define it under "$defs" and refer to "#/$defs/<name>"',
  },
  siblings: { why: 'a reference stands beside other keywords', fix: 'put the reference into "allOf"' },
  circle: { why: 'the reference leads back to itself', fix: 'write out as many levels as needed' },
} as const;

function referenceObjection(
  reference: string,
  { holder, state }: KeywordPlace,
): { why: string; fix: string } | undefined {
  const siblings = Object.keys(holder).filter((name) => name !== '$ref' && name !== '$defs');
  if (siblings.some((name) => SCHEMA_KEYWORDS.get(name)?.kind !== 'annotation')) return OBJECTIONS.siblings;
  return state.following.includes(reference) ? OBJECTIONS.circle : undefined;
}

/** Only `#/$defs/<name>`: nothing is ever fetched, and no part of a schema is reachable under two names. */
export function localTarget(reference: string, root: JsonSchema): JsonValue | undefined {
  if (!reference.startsWith('#/')) return undefined;
  const [defs, name, ...rest] = pointerTokens(reference.slice(1));
  const definitions = root['$defs'];
  if (defs !== '$defs' || name === undefined || rest.length > 0 || !isJsonObject(definitions)) return undefined;
  return Object.hasOwn(definitions, name) ? definitions[name] : undefined;
}

function checkTotals({ nodes, words, steps, objections }: Inspection): void {
  const found = (count: number, most: number, what: string, fix: string): void => {
    if (count > most)
      objections.push({ pointer: '', message: `Cannot use the schema: more than ${most} ${what}`, fix });
  };
  const bounds = TOOL_SCHEMA_BOUNDS;
  found(nodes, bounds.nodes, 'sub-schemas, references followed', 'simplify it');
  found(words, bounds.words, 'values in "enum" and "const"', 'describe the values with a pattern or a range');
  found(steps, bounds.patternStepsInAll, 'steps in all patterns together', 'use fewer or shorter patterns');
}

/** Nothing more is compiled or followed once the answer is certain to be no. */
function isExhausted({ nodes, steps, objections }: Inspection): boolean {
  const { nodes: mostNodes, patternStepsInAll } = TOOL_SCHEMA_BOUNDS;
  return nodes > mostNodes || steps > patternStepsInAll || objections.length >= MOST_OBJECTIONS;
}

function countValues(value: JsonValue): number {
  if (isJsonList(value)) return value.reduce<number>((sum, item) => sum + countValues(item), 1);
  if (!isJsonObject(value)) return 1;
  return Object.values(value).reduce<number>((sum, item) => sum + countValues(item), 1);
}

function object(state: Inspection, pointer: string, why: string, fix: string): void {
  if (state.objections.length < MOST_OBJECTIONS)
    state.objections.push({ pointer, message: `Cannot use the schema: ${why}`, fix });
}
