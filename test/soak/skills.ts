import type { InstalledSkill } from '@carapace/manifest';
import { inlineSkill } from '../inline-skill.ts';
import type { Scenario } from './scenario.ts';

const FS = [{ mount: 'docs', path: '~/documents', access: ['read', 'list'], reason: 'Reads' }];
/** Calls are refused by what the scenario says, not by how many there were. */
const LIMITS = { callsPerMinute: 6_000, concurrency: 64, wallMs: 30_000, cpuMs: 20_000 };

/** The skill of a scenario: its tool `run`, and `look` where the scenario has one. */
export function skillFor({ name, body, top = '', look = 'return true;', limits, isolation }: Scenario): InstalledSkill {
  return inlineSkill({
    name: `soak-${name.replaceAll(' ', '-')}`,
    bundle: `import fs from 'node:fs/promises';
let state;
${top}
export default { tools: {
  look: { async run(input, ctx) { ${look} } },
  run: { async run(input, ctx) { ${body} } },
} };`,
    tools: { run: {}, look: {} },
    permissions: { fs: FS },
    limits: { ...LIMITS, ...limits },
    isolation,
  });
}
