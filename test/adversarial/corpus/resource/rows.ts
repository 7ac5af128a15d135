import type { AttackCase } from '../../attack-case.ts';
import type { Expected } from '../../expected.ts';

type Body = readonly [title: string, run: string];

/** Rows of one number that share limits and outcome. */
export function rows(
  id: string,
  limits: AttackCase['limits'],
  expected: Expected,
  bodies: readonly Body[],
): readonly AttackCase[] {
  return bodies.map(([title, run]) => ({
    id,
    title,
    run,
    expect: expected,
    ...(limits === undefined ? {} : { limits }),
  }));
}

/** A module that does `code` while it loads, and has a harmless tool. */
export function loading(code: string): string {
  return `${code}\nexport default { tools: { attack: { run: () => 1 } } };`;
}
