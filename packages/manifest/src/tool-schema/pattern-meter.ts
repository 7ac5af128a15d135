import { compilePattern } from './linear-pattern.ts';
import { PATTERN_FUEL } from './schema-bounds.ts';

/** The patterns of one check have used up their work. Never leaves this folder. */
export class PatternTooCostly extends Error {}

/** Something with the one method ajv calls on a regular expression. */
export interface MeteredPattern {
  readonly test: (text: string) => boolean;
}

/**
 * Runs the patterns of one schema on a shared amount of work. Linear time alone is not enough: a hundred patterns on a
 * hundred long texts are ten thousand linear runs.
 */
export class PatternMeter {
  #left = 0;

  /** To be called before each check. */
  refill(): void {
    this.#left = PATTERN_FUEL;
  }

  /** Compiles a pattern that charges this meter; one that is not RE2 matches nothing. */
  compile(source: string): MeteredPattern {
    const pattern = compilePattern(source);
    if (pattern === undefined) return { test: () => false };
    const steps = pattern.programSize();
    return {
      test: (text) => {
        this.#left -= steps * (text.length + 1);
        if (this.#left < 0) throw new PatternTooCostly();
        return pattern.test(text);
      },
    };
  }
}
