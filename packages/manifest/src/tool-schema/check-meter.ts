import { compilePattern } from './linear-pattern.ts';
import { EVALUATION_FUEL, PATTERN_FUEL } from './schema-bounds.ts';

/** One check has used up its work. Never leaves this folder. */
export class CheckTooCostly extends Error {}

/** Something with the one method ajv calls on a regular expression. */
export interface MeteredPattern {
  readonly test: (text: string) => boolean;
}

/**
 * The work one check may do. Sizes alone do not bound it: a hundred patterns on a hundred long texts are ten thousand linear
 * runs, and a hundred branches on ten thousand items are a million evaluations.
 */
export class CheckMeter {
  #patternSteps = 0;
  #evaluations = 0;

  /** To be called before each check. */
  refill(): void {
    this.#patternSteps = PATTERN_FUEL;
    this.#evaluations = EVALUATION_FUEL;
  }

  /** Pays for evaluating sub-schemas. Always true, because ajv asks it as a keyword that every value satisfies. */
  pay(evaluations: number): true {
    this.#evaluations -= evaluations;
    if (this.#evaluations < 0) throw new CheckTooCostly();
    return true;
  }

  /** Compiles a pattern that charges this meter; one that is not RE2 matches nothing. */
  compile(source: string): MeteredPattern {
    const pattern = compilePattern(source);
    if (pattern === undefined) return { test: () => false };
    const steps = pattern.programSize();
    return {
      test: (text) => {
        this.#patternSteps -= steps * (text.length + 1);
        if (this.#patternSteps < 0) throw new CheckTooCostly();
        return pattern.test(text);
      },
    };
  }
}
