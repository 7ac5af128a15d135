import { RE2JS } from 're2js';
import { estimateSteps } from './pattern-cost.ts';
import { TOOL_SCHEMA_BOUNDS } from './schema-bounds.ts';

/** Why a regular expression of a skill is not accepted. */
export type PatternProblem = 'too-long' | 'too-large' | 'not-re2';

/** What compiling a pattern has cost, and why it is not accepted, if it is not. */
export interface PatternReading {
  /** Upper bound on the steps of the compiled pattern; 0 when it was not even compiled. */
  readonly steps: number;
  readonly problem?: PatternProblem;
}

/** Judges a pattern; it is compiled only once its text shows that compiling will be quick. */
export function readPattern(source: string): PatternReading {
  if (source.length > TOOL_SCHEMA_BOUNDS.patternLength) return { steps: 0, problem: 'too-long' };
  const steps = estimateSteps(source);
  if (steps > TOOL_SCHEMA_BOUNDS.patternSteps) return { steps: 0, problem: 'too-large' };
  return compilePattern(source) === undefined ? { steps, problem: 'not-re2' } : { steps };
}

/** Compiles with RE2 rules: no look-around, no back-references, time linear in the text whatever the pattern. */
export function compilePattern(source: string): RE2JS | undefined {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source));
  } catch {
    // Every failure of the compiler means the same: this text is not a pattern of the language.
    return undefined;
  }
}
