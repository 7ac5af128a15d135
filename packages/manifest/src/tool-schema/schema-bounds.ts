/** Caps on a tool schema and on the values it is asked about. All of them are about the host's time and memory. */
export const TOOL_SCHEMA_BOUNDS: {
  readonly characters: number;
  readonly depth: number;
  readonly nodes: number;
  readonly words: number;
  readonly patternLength: number;
  readonly patternSteps: number;
  readonly patternStepsInAll: number;
} = Object.freeze({
  /** Size as JSON text. */
  characters: 64 * 1024,
  /** Nesting of sub-schemas, references followed. */
  depth: 16,
  /** Sub-schemas, counted again for every reference that leads to them: a chain of `allOf` of two references doubles. */
  nodes: 1_000,
  /** Values below `enum` and `const`. */
  words: 2_000,
  /** Length of one regular expression. */
  patternLength: 256,
  /** Steps of one compiled regular expression, counted repetitions unrolled. */
  patternSteps: 1_000,
  /** Steps of all different regular expressions together. */
  patternStepsInAll: 4_000,
});

/** Caps on one value to check. */
export const CHECKED_VALUE_BOUNDS: { readonly depth: number; readonly values: number; readonly characters: number } =
  Object.freeze({
    depth: 32,
    values: 20_000,
    characters: 4 * 1024 * 1024,
  });

/** Most issues one check reports. */
export const MOST_SCHEMA_ISSUES = 20;

/** Work of the regular expressions of one check: steps of the pattern times length of the text, summed. */
export const PATTERN_FUEL = 20_000_000;

/** Evaluations of sub-schemas in one check: an object of ten fields takes about eleven. */
export const EVALUATION_FUEL = 100_000;
