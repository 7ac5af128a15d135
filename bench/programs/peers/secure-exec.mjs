// secure-exec with nothing allowed and its limits armed. Of its ways to run code the fastest: `run` of a CommonJS text.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { measureGreeting, options, SOURCE } from './greeting.mjs';

const { folder, mode, count } = options;
const entry = createRequire(join(folder, 'package.json')).resolve('secure-exec');
const { NodeRuntime, createNodeDriver, createNodeRuntimeDriverFactory } = await import(pathToFileURL(entry).href);

function openRuntime() {
  return new NodeRuntime({
    systemDriver: createNodeDriver({}),
    runtimeDriverFactory: createNodeRuntimeDriverFactory(),
    memoryLimit: 64,
    cpuTimeLimitMs: 1_000,
  });
}

async function runIn(runtime, input) {
  const result = await runtime.run(`module.exports = JSON.parse(${SOURCE}(${JSON.stringify(input)}));`);
  return JSON.stringify(result.exports ?? {});
}

if (mode === 'cold') {
  await measureGreeting(count, 1, async (input) => {
    const runtime = openRuntime();
    const answer = await runIn(runtime, input);
    await runtime.terminate();
    return answer;
  });
} else {
  const runtime = openRuntime();
  await measureGreeting(count, 5, (input) => runIn(runtime, input));
  await runtime.terminate();
}
// It keeps a timer of a minute, which would keep this process.
process.exit();
