import { createHash } from 'node:crypto';
import {
  type InstalledSkill,
  type Isolation,
  parseManifest,
  parseSha256,
  type RequestedLimits,
} from '@carapace/manifest';

/** What a test or a bench says about a skill; the rest of the manifest is made up. */
export interface InlineSkill {
  readonly name: string;
  /** Text of one ES module. */
  readonly bundle: string;
  /** By name, what the manifest says about a tool beyond: takes any object, reads only, needs no approval. */
  readonly tools: Readonly<Record<string, object>>;
  readonly permissions?: object;
  readonly limits?: RequestedLimits;
  /** Weakest isolation it is written for. Default: what a manifest that says nothing gets. */
  readonly isolation?: Isolation;
}

/** A skill that exists in memory only. */
export function inlineSkill({
  name,
  bundle,
  tools,
  permissions = {},
  limits = {},
  isolation,
}: InlineSkill): InstalledSkill {
  const manifest = parseManifest({
    manifestVersion: 1,
    name,
    version: '1.0.0',
    description: `The skill ${name}`,
    main: 'dist/skill.js',
    tools: Object.fromEntries(Object.entries(tools).map(([tool, fields]) => [tool, { ...toolNamed(tool), ...fields }])),
    permissions,
    limits,
    ...(isolation === undefined ? {} : { isolation }),
  });
  const digest = parseSha256(`sha256-${createHash('sha256').update(bundle).digest('hex')}`);
  return { manifest, digest, bundle, origin: 'unsigned-local' };
}

function toolNamed(name: string): object {
  return { description: `The tool ${name}`, input: { type: 'object' }, annotations: { readOnly: true } };
}
