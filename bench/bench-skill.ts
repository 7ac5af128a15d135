import type { InstalledSkill, Isolation, RequestedLimits } from '@carapace/manifest';
import { inlineSkill } from '../test/inline-skill.ts';

export interface BenchSkill {
  /** Body of `async run(input, ctx) { … }` of the one tool, `bench`. */
  readonly run: string;
  /** Imports of the module, if any. */
  readonly imports?: string;
  readonly limits?: RequestedLimits;
  readonly permissions?: object;
  readonly isolation?: Isolation;
  /** Whether its tool changes files, which a manifest has to say. Default false. */
  readonly writes?: boolean;
}

const INPUT_SCHEMA = {
  type: 'object',
  properties: { name: { type: 'string' }, reads: { type: 'integer' } },
};

/** A skill that exists in memory only, with room for as many calls as a measurement makes. */
export function benchSkill({ run, imports = '', limits = {}, writes = false, ...rest }: BenchSkill): InstalledSkill {
  const bundle = `${imports}export default { tools: { bench: { async run(input, ctx) { ${run} } } } };`;
  return inlineSkill({
    name: 'bench',
    bundle,
    tools: { bench: { input: INPUT_SCHEMA, annotations: { readOnly: !writes } } },
    limits: { callsPerMinute: 1_000_000, concurrency: 32, ...limits },
    ...rest,
  });
}

/** The work of programs/hello.mjs, so that a call is compared with a process that does the same. It suits any isolation. */
export const HELLO: InstalledSkill = benchSkill({
  run: "return { greeting: 'Hello, ' + input.name };",
  isolation: 'session',
});
export const HELLO_INPUT: { readonly name: string } = { name: 'Bern' };
export const HELLO_ANSWER = 'Hello, Bern';
