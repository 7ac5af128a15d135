import { createRuntime, type ProtectionLevel, RuntimeFailure, type RuntimeOptions } from '@carapace/runtime';
import { underVariant } from '../variant.ts';
import { skillRunning } from './host-skill.ts';

/**
 * Starts a runtime, runs one call, and writes one line of JSON: what came of it. Argument: the minimum protection, if any. Without
 * namespaces, so that each layer has to hold by itself.
 */
const [minimum] = process.argv.slice(2);

function isLevel(value: string | undefined): value is ProtectionLevel {
  return value === 'process' || value === 'filtered' || value === 'jailed';
}

async function start(): Promise<object> {
  const options: RuntimeOptions = {
    spares: 1,
    namespaces: 'off',
    ...(isLevel(minimum) ? { minimumProtection: minimum } : {}),
  };
  try {
    await using runtime = await createRuntime(underVariant(options));
    await using skill = await runtime.load(skillRunning('return 5;', {}));
    const result = await skill.call('run', {});
    const { level, layers } = result.provenance.protection;
    return { structured: result.structured, level, layers, text: result.toAnthropic().content[0]?.text };
  } catch (error) {
    if (!(error instanceof RuntimeFailure)) throw error;
    return { code: error.code, message: error.message };
  }
}

process.stdout.write(`${JSON.stringify(await start())}\n`);
