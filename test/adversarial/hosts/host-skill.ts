import type { InstalledSkill, RequestedLimits } from '@carapace/manifest';
import { inlineSkill } from '../../inline-skill.ts';

/** A skill without permissions whose one tool `run` has this body. */
export function skillRunning(body: string, limits: RequestedLimits): InstalledSkill {
  const bundle = `export default { tools: { run: { async run(input) {\n${body}\n} } } };`;
  return inlineSkill({ name: 'hosted', bundle, tools: { run: {} }, limits });
}
