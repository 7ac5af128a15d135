import { RE2JS } from 're2js';
import { TOOL_SCHEMA_BOUNDS } from './schema-bounds.ts';

/** Why a regular expression of a skill is not accepted. */
export type PatternProblem = 'too-long' | 'too-large' | 'not-re2';

/** Tells what keeps a pattern from being used; undefined when nothing does. */
export function patternProblem(source: string): PatternProblem | undefined {
  if (source.length > TOOL_SCHEMA_BOUNDS.patternLength) return 'too-long';
  const compiled = compilePattern(source);
  if (compiled === undefined) return 'not-re2';
  // Counted repetitions are unrolled: `(?:a{30}){30}` is 900 steps for every character of the text.
  return compiled.programSize() > TOOL_SCHEMA_BOUNDS.patternSteps ? 'too-large' : undefined;
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
