import { createHash } from 'node:crypto';
import { type InstalledSkill, parseManifest, parseSha256, type RequestedLimits } from '@carapace/manifest';

export interface BenchSkill {
  /** Body of `async run(input, ctx) { … }` of the one tool, `bench`. */
  readonly run: string;
  /** Imports of the module, if any. */
  readonly imports?: string;
  readonly limits?: RequestedLimits;
  readonly permissions?: object;
}

/** A skill that exists in memory only, with room for as many calls as a measurement makes. */
export function benchSkill({ run, imports = '', limits = {}, permissions = {} }: BenchSkill): InstalledSkill {
  const bundle = `${imports}export default { tools: { bench: { async run(input, ctx) { ${run} } } } };`;
  const manifest = parseManifest({
    manifestVersion: 1,
    name: 'bench',
    version: '1.0.0',
    description: 'What the bench measures',
    main: 'dist/skill.js',
    tools: {
      bench: {
        description: 'Runs once',
        input: { type: 'object', properties: { name: { type: 'string' }, reads: { type: 'integer' } } },
        annotations: { readOnly: true },
        approval: 'never',
      },
    },
    permissions,
    limits: { callsPerMinute: 6_000, concurrency: 32, ...limits },
  });
  const digest = parseSha256(`sha256-${createHash('sha256').update(bundle).digest('hex')}`);
  return { manifest, digest, bundle, origin: 'unsigned-local' };
}

/** The work of programs/hello.mjs, so that a call is compared with a process that does the same. */
export const HELLO: InstalledSkill = benchSkill({ run: "return { greeting: 'Hello, ' + input.name };" });
export const HELLO_INPUT: { readonly name: string } = { name: 'Bern' };
export const HELLO_ANSWER = 'Hello, Bern';
