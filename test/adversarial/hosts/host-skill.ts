import { createHash } from 'node:crypto';
import { type InstalledSkill, parseManifest, parseSha256, type RequestedLimits } from '@carapace/manifest';

/** A skill without permissions whose one tool `run` has this body. */
export function skillRunning(body: string, limits: RequestedLimits): InstalledSkill {
  const bundle = `export default { tools: { run: { async run(input) {\n${body}\n} } } };`;
  const manifest = parseManifest({
    manifestVersion: 1,
    name: 'hosted',
    version: '1.0.0',
    description: 'One tool',
    main: 'dist/skill.js',
    tools: {
      run: { description: 'Runs', input: { type: 'object' }, annotations: { readOnly: true }, approval: 'never' },
    },
    limits,
  });
  const digest = parseSha256(`sha256-${createHash('sha256').update(bundle).digest('hex')}`);
  return { manifest, digest, bundle, origin: 'unsigned-local' };
}
