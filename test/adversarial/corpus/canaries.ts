/** One way in which a call could reach the next: how it is left behind, and how it would be found. */
export interface Canary {
  readonly name: string;
  /** Statements of the tool `plant`. */
  readonly plant: string;
  /** Expression in the tool `look`: true when the canary is there. Without one it would show in a log line or a request. */
  readonly found?: string;
  /**
   * What becomes of it in the next call of the same session: `there`, because a session is kept for that; `goes on`, as code of
   * the same skill whose lines and requests are the next call's. Default: it has ended with its call.
   */
  readonly inSession?: 'there' | 'goes on';
}

/** Code in a canary has `fs`, and `bird`, a string that nobody else writes. */
export const CANARIES: readonly Canary[] = [
  { name: 'module state', plant: 'state = bird;', found: 'state !== undefined', inSession: 'there' },
  { name: 'a global variable', plant: 'globalThis.bird = bird;', found: "'bird' in globalThis", inSession: 'there' },
  {
    name: 'a registered symbol',
    plant: 'globalThis[Symbol.for(bird)] = 1;',
    found: 'Symbol.for(bird) in globalThis',
    inSession: 'there',
  },
  {
    name: 'a property of Object.prototype',
    plant: 'Object.prototype.bird = bird;',
    found: "'bird' in {}",
    inSession: 'there',
  },
  {
    name: 'a property of Promise.prototype',
    plant: 'Promise.prototype.bird = bird;',
    found: "'bird' in Promise.resolve()",
    inSession: 'there',
  },
  {
    name: 'a replaced method',
    plant: 'Array.prototype.map = () => bird;',
    found: '[1].map((x) => x) === bird',
    inSession: 'there',
  },
  { name: 'a property of the console', plant: 'console.bird = bird;', found: "'bird' in console", inSession: 'there' },
  {
    name: 'a property of a platform class',
    plant: 'URL.prototype.bird = bird;',
    found: "'bird' in new URL('a:b')",
    inSession: 'there',
  },
  {
    name: 'a property of the file module',
    plant: 'try { fs.bird = bird; } catch {}',
    found: "'bird' in fs",
    inSession: 'there',
  },
  { name: 'an abort listener', plant: "ctx.signal.addEventListener('abort', () => console.log(bird));" },
  {
    name: 'a timer',
    plant: 'setTimeout(() => { globalThis.bird = bird; console.log(bird); }, 5);',
    found: "'bird' in globalThis",
  },
  {
    name: 'an interval',
    plant: 'setInterval(() => { globalThis.bird = bird; console.log(bird); }, 1);',
    found: "'bird' in globalThis",
  },
  {
    name: 'a microtask behind the result',
    plant: 'Promise.resolve().then(() => null).then(() => null).then(() => null).then(() => console.log(bird));',
  },
  { name: 'a promise that is never settled', plant: 'new Promise(() => undefined).then(() => console.log(bird));' },
  { name: 'a rejected promise', plant: 'Promise.reject(new Error(bird));' },
  {
    name: 'a rejected promise of a hostile value',
    plant: 'Promise.reject({ get message() { console.log(bird); return bird; } });',
  },
  {
    name: 'a pending request',
    plant: "fs.readFile('/docs/a.txt').then(() => console.log(bird), () => console.log(bird));",
    inSession: 'goes on',
  },
  {
    name: 'a chain of requests',
    plant: "const again = () => fs.stat('/docs/a.txt').then(again, again); again();",
    inSession: 'goes on',
  },
  {
    name: 'a request behind a timer',
    plant: "setTimeout(() => fs.readFile('/docs/a.txt').then(() => console.log(bird)), 5);",
  },
  {
    name: 'a late log line',
    plant: '(async () => { for (let n = 0; n < 20; n += 1) await null; console.log(bird); })();',
  },
];

/** A module that plants and looks for one canary. `look` waits a moment, so that whatever was left behind has time to show. */
export function canarySkill({ plant, found = 'false' }: Canary): string {
  return `import fs from 'node:fs/promises';
let state;
export default { tools: {
  async plant({ bird }, ctx) { ${plant} return 'planted'; },
  async look({ bird }) { const found = ${found}; await new Promise((resolve) => setTimeout(resolve, 20)); return found || ${found}; },
} };`;
}
