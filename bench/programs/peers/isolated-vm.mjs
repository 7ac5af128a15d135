// The library that carapace stands on, as its documentation shows it: in the process of whoever wants code run.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { measureGreeting, options, SOURCE } from './greeting.mjs';

const { folder, mode, count } = options;
const ivm = createRequire(join(folder, 'package.json'))('isolated-vm');
const TIMEOUT = { timeout: 1_000 };

function openSkill() {
  const isolate = new ivm.Isolate({ memoryLimit: 64 });
  const context = isolate.createContextSync();
  // oxlint-disable-next-line carapace/no-host-reference-in-isolate -- the peer is the library as its documentation shows it
  const run = context.evalSync(SOURCE, { reference: true, ...TIMEOUT });
  return { run: (input) => run.applySync(undefined, [input], TIMEOUT), close: () => isolate.dispose() };
}

if (mode === 'fresh') {
  await measureGreeting(count, 5, (input) => {
    const skill = openSkill();
    const answer = skill.run(input);
    skill.close();
    return answer;
  });
} else {
  const skill = openSkill();
  await measureGreeting(count, 500, skill.run);
  skill.close();
}
