import { createRuntime, RuntimeFailure } from '@carapace/runtime';
import { inlineSkill } from '../../inline-skill.ts';

/**
 * Starts a runtime with the options that its one argument holds as JSON, runs one call, and writes one line of JSON: what came
 * of it. A host in a place of its own: a container, another user, another PATH.
 */
const bundle = 'export default { tools: { add: { async run({ a, b }) { return a + b; } } } };';
const skill = inlineSkill({ name: 'hosted', bundle, tools: { add: {} } });

async function start(): Promise<object> {
  try {
    await using runtime = await createRuntime({ spares: 1, ...JSON.parse(process.argv[2] ?? '{}') });
    await using handle = await runtime.load(skill);
    const { structured, provenance } = await handle.call('add', { a: 2, b: 3 });
    return { structured, stamped: provenance.protection.level, ...runtime.protection };
  } catch (error) {
    if (!(error instanceof RuntimeFailure)) throw error;
    return { code: error.code, message: error.message };
  }
}

process.stdout.write(`${JSON.stringify(await start())}\n`);
