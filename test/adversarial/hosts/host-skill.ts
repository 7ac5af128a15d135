import type { InstalledSkill, RequestedLimits } from '@carapace/manifest';
import { inlineSkill } from '../../inline-skill.ts';

/** A skill without permissions whose one tool `run` has this body. */
export function skillRunning(body: string, limits: RequestedLimits): InstalledSkill {
  const bundle = `export default { tools: { run: { async run(input) {\n${body}\n} } } };`;
  return inlineSkill({ name: 'hosted', bundle, tools: { run: {} }, limits });
}

/** A skill with files whose one tool `run` spins, reads or returns at once, as `kind` says. */
export function skillReading(): InstalledSkill {
  const bundle = `import fs from 'node:fs/promises';
export default { tools: { run: { async run({ kind }) {
  if (kind === 'spin') for (;;);
  if (kind === 'read') for (;;) await fs.readFile('/docs/a.txt', 'utf8');
  return kind;
} } } };`;
  const fs = [{ mount: 'docs', path: '~/documents', access: ['read', 'list'], reason: 'Reads in a loop' }];
  const limits = { wallMs: 300_000, cpuMs: 120_000, callsPerMinute: 6_000 };
  return inlineSkill({ name: 'hosted', bundle, tools: { run: {} }, permissions: { fs }, limits });
}
