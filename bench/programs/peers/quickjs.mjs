// QuickJS compiled to WebAssembly, with a memory limit and an interrupt handler, as its documentation shows it.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { measureGreeting, options, SOURCE } from './greeting.mjs';

const { folder, mode, count } = options;
const { getQuickJS, shouldInterruptAfterDeadline } = createRequire(join(folder, 'package.json'))('quickjs-emscripten');
const quickjs = await getQuickJS();

function openSkill() {
  const runtime = quickjs.newRuntime();
  runtime.setMemoryLimit(64 * 2 ** 20);
  const vm = runtime.newContext();
  const source = vm.unwrapResult(vm.evalCode(SOURCE));
  const run = (input) => {
    runtime.setInterruptHandler(shouldInterruptAfterDeadline(Date.now() + 1_000));
    const argument = vm.newString(input);
    const result = vm.unwrapResult(vm.callFunction(source, vm.undefined, argument));
    const answer = vm.getString(result);
    result.dispose();
    argument.dispose();
    return answer;
  };
  const close = () => {
    source.dispose();
    vm.dispose();
    runtime.dispose();
  };
  return { run, close };
}

if (mode === 'fresh') {
  await measureGreeting(count, 20, (input) => {
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
