import type { AttackCase } from '../attack-case.ts';
import { ENDING_CASES } from './boundary/after-the-end.ts';
import { ARGUMENT_CASES } from './boundary/arguments.ts';
import { OUTPUT_CASES } from './boundary/output.ts';
import { THROWN_CASES } from './boundary/thrown.ts';

/** Area BD of the threat model: values and errors that cross the boundary of the isolate. */
export const BOUNDARY_CASES: readonly AttackCase[] = [
  ...OUTPUT_CASES,
  ...THROWN_CASES,
  ...ARGUMENT_CASES,
  ...ENDING_CASES,
];
