import { describe, expect, it } from 'vitest';
import { FakeFiles } from '../../../fixtures/fake-files.ts';
import { runSkill } from '../../../fixtures/run-skill.ts';

/** Every kind of request that files have. What the host sees must not depend on what the skill did to the language. */
const BODY = `
  await fs.writeFile('/m/a', 'text');
  await fs.writeFile('/m/b', new Uint8Array(300_000).fill(98));
  await fs.appendFile('/m/a', ' more');
  await fs.copyFile('/m/a', '/m/c', 1);
  await fs.rename('/m/c', '/m/d');
  await fs.mkdir('/m/e', { recursive: true });
  await fs.rm('/m/e', { recursive: true, force: true });
  await fs.truncate('/m/a', 9);
  const file = await fs.open('/m/a', 'r+');
  await file.write('TE', 0);
  const { bytesRead } = await file.read(new Uint8Array(4), 0, 4, 0);
  await file.truncate(6);
  const { size } = await file.stat();
  await file.close();
  const names = []; const directory = await fs.opendir('/m'); for (let e = await directory.read(); e !== null; e = await directory.read()) names[names.length] = e.name;
  await directory.close();
  return bytesRead + ' ' + size + ' ' + names.length;`;

const KEYS =
  'family method path to mode handle length position recursive target flags discard exclusive op form body encoding text signal convert bytes short next toJSON then'.split(
    ' ',
  );

const POISONS: Readonly<Record<string, string>> = {
  'IS-037 setters on Object.prototype': `for (const key of ${JSON.stringify(KEYS)}) Object.defineProperty(Object.prototype, key, { __proto__: null, configurable: true, set() { throw new Error('setter ran: ' + key); }, get() { return undefined; } });`,
  'IS-038 toJSON': `Object.prototype.toJSON = () => ({ family: 'fs', method: 'rm', path: '/m', target: 'any', recursive: true }); String.prototype.toJSON = () => '/etc/passwd'; Number.prototype.toJSON = () => 1;`,
  'IS-038 typed arrays': `const proto = Object.getPrototypeOf(Uint8Array.prototype); for (const key of ['set', 'subarray', 'slice', 'buffer', 'byteLength', 'byteOffset', 'length']) Object.defineProperty(proto, key, { value: 0 });
    Uint8Array.prototype.toBase64 = () => 'ZXZpbA=='; Uint8Array.fromBase64 = () => new Uint8Array(1); Uint8Array.prototype.toHex = Uint8Array.prototype.toBase64;`,
  'IS-038 strings and numbers': `for (const key of ['slice', 'indexOf', 'charCodeAt', 'toLowerCase', 'toString', 'valueOf']) String.prototype[key] = () => 'evil'; Math.min = () => 0;`,
  'IS-039 promises': `const original = Promise.prototype.then; Promise.prototype.then = function (a, b) { return original.call(this, a, b); };
    Object.defineProperty(Promise, Symbol.species, { get() { throw new Error('species'); } }); Promise.resolve = Promise.reject = () => { throw new Error('resolved'); };`,
  'the globals': `globalThis.Promise = class {}; globalThis.Map = class {}; globalThis.Error = class {}; globalThis.JSON = {}; globalThis.Reflect = {};`,
};

function run(poison: string): { readonly ops: unknown; readonly value: unknown; readonly bodies: unknown } {
  const host = new FakeFiles();
  const bodies: string[] = [];
  const source = `import fs from 'node:fs/promises'; ${poison} export const tools = { async t() { ${BODY} } };`;
  const made = runSkill(source, {
    answer: (op, request) => {
      if (request.body.length < 100) bodies.push(Buffer.from(request.body).toString());
      return host.answer(op, request);
    },
  });
  expect(made.failure).toBeUndefined();
  return { ops: made.ops, value: made.value, bodies };
}

const plain = run('');

describe('a skill that poisons the language before it uses files', () => {
  it('runs unpoisoned to compare with', () => {
    expect(plain.value).toBe('4 6 2');
    expect(plain.ops).toHaveLength(21);
  });

  it.each(Object.entries(POISONS))('%s changes nothing that the host receives', (_name, poison) => {
    const made = run(poison);
    expect(made.ops).toEqual(plain.ops);
    expect(made.bodies).toEqual(plain.bodies);
    expect(made.value).toEqual(plain.value);
  });
});
