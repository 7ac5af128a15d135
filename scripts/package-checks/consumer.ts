// What a user of the published packages writes; scripts/check-package.ts compiles and runs it outside the repository.
import { parseManifest } from '@carapace/manifest';
import { createRuntime } from '@carapace/runtime';
import { defineSkill } from 'carapace/skill';

await using runtime = await createRuntime();
await using skill = await runtime.load('./text-stats');
const result = await skill.call('count', { text: 'one two three' }, { callId: 'toolu_01' });
process.stdout.write(`${JSON.stringify(result.toAnthropic())}\n`);
process.exitCode = typeof parseManifest === 'function' && typeof defineSkill === 'function' && !result.isError ? 0 : 1;
