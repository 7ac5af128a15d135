import ivm from 'isolated-vm';
import { describe, expect, it } from 'vitest';
import type { BrokerOp, NetOp } from '../protocol/messages.ts';
import { ENDOWMENT_MEMBERS, GRANTED_GLOBALS } from './endowment-members.ts';
import { evaluate, type FakeAnswer, runSkill } from './fixtures/run-skill.ts';
import { WALK_REALM } from './fixtures/walk-realm.ts';
import { INTRINSIC_GLOBALS, MODULE_EXPORTS } from './permits.ts';

interface Walk {
  readonly natives: readonly string[];
  readonly constructors: readonly string[];
  readonly paths: readonly string[];
}

const GUEST = `
import * as fs from 'node:fs';
import * as fsPromises from 'node:fs/promises';
${WALK_REALM}
export const tools = {
  async t(input, context) {
    const caught = [];
    for (const attempt of [
      () => new URL('::'), () => new TextDecoder('nope'), () => atob('*'), () => crypto.getRandomValues({}),
      () => structuredClone(() => {}), () => setTimeout(1), () => new AbortSignal(), () => crypto.randomUUID.caller,
    ]) { try { attempt(); } catch (error) { caught.push(error); } }
    await import('node:net').catch((error) => caught.push(error));
    await fsPromises.stat('/x').catch((error) => caught.push(error));
    const made = [
      new URL('https://a.b/?c=d'), new URL('https://a.b').searchParams.entries(), new TextEncoder().encode('x'), new AbortController(),
      AbortSignal.abort(), fsPromises.readFile('/y'), await fsPromises.readdir('/d', { withFileTypes: true }), import.meta,
      structuredClone(new Error('x')), await crypto.subtle.digest('SHA-256', new Uint8Array(1)), new Event('x'),
    ];
    // Some globals are accessors until somebody reads them.
    for (const name of Reflect.ownKeys(globalThis)) made.push(globalThis[name]);
    await fetch('https://refused.example').catch((error) => caught.push(error));
    const { signal } = new AbortController();
    const response = await fetch('https://a.b', { method: 'POST', body: new TextEncoderStream().readable, duplex: 'half', signal });
    const [left, right] = response.body.tee();
    const reader = left.getReader({ mode: 'byob' });
    const transform = new TransformStream();
    const form = new FormData();
    form.set('f', new File(['x'], 'y'));
    made.push(response, response.headers, left, right, reader, await reader.read(new Uint8Array(1)), right.values(), transform,
      transform.writable.getWriter(), new Blob(['a']).stream(), form, form.entries(), new Request('https://a.b', { signal }).signal,
      Response.json({}).headers.entries(), response.text().catch((error) => caught.push(error)));
    const found = walk([globalThis, input, context, fs, fsPromises, ...syntaxRoots(), ...caught, ...made]);
    return { ...found, paths: found.paths.length, caught: caught.length, globals: Reflect.ownKeys(globalThis).map(String) };
  },
};`;

function answer(op: BrokerOp): FakeAnswer {
  if (op.family === 'fs' && op.method === 'stat') return { code: 'ERR_CARAPACE_FS_NOT_FOUND', message: 'no' };
  if (op.family === 'net') return answerNet(op);
  return { value: { entries: [{ name: 'a', kind: 'file' }], truncated: false } };
}

function answerNet(op: NetOp): FakeAnswer {
  if (op.method !== 'fetch') return { body: Buffer.from(op.method === 'read' ? 'piece' : '') };
  if (op.url.includes('refused')) return { code: 'ERR_CARAPACE_PERMISSION_NET_HOST', message: 'no' };
  const head = { status: 200, statusText: '', headers: [['a', 'b']], url: op.url, redirected: false, type: 'basic' };
  return { value: { ...head, body: 'stream' } };
}

function walkPristine(): Walk {
  const isolate = new ivm.Isolate({ memoryLimit: 64 });
  const context = isolate.createContextSync();
  const json: string = context.evalSync(
    `${WALK_REALM}
    for (const key of Reflect.ownKeys(globalThis)) if (!${JSON.stringify(INTRINSIC_GLOBALS)}.includes(key)) delete globalThis[key];
    JSON.stringify(walk([globalThis, ...syntaxRoots()]))`,
  );
  isolate.dispose();
  return JSON.parse(json);
}

describe('IS-034 everything a guest can reach', () => {
  const run = runSkill(GUEST, { answer, net: true });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape of the walk above
  const guest = run.value as Walk & { readonly globals: readonly string[]; readonly caught: number };

  it('has the permitted globals and no others', () => {
    const added = [...Object.keys(ENDOWMENT_MEMBERS), ...GRANTED_GLOBALS];
    const permitted = new Set<string>([...INTRINSIC_GLOBALS, ...added]);
    expect(guest.globals.filter((name) => !permitted.has(name))).toEqual([]);
    expect(added.filter((name) => !guest.globals.includes(name))).toEqual([]);
  });

  it('has no fetch unless a host was granted', () => {
    expect(evaluate('return [typeof fetch, "fetch" in globalThis]')).toEqual(['undefined', false]);
    expect(evaluate('return typeof fetch', { net: true })).toBe('function');
  });

  it('reaches no native function that V8 did not bring itself, so neither the bridge nor any function of the host', () => {
    const left = [...walkPristine().natives];
    const foreign = guest.natives.filter((name) => {
      const at = left.indexOf(name);
      if (at !== -1) left.splice(at, 1);
      return at === -1;
    });
    expect(foreign).toEqual([]);
    expect(guest.natives.length).toBeGreaterThan(500);
  });

  it('IS-035 meets one Function constructor of each kind, those of the isolate', () => {
    expect(guest.caught).toBe(11);
    expect(guest.constructors).toHaveLength(4);
  });

  it('has exactly the members of endowments that are listed', () => {
    expect(
      evaluate(
        `
      const members = (value) => {
        if (typeof value !== 'function') return Object.keys(value).sort();
        const own = Reflect.ownKeys(value).filter((k) => !['length', 'name', 'prototype'].includes(k)).map(String);
        const shared = Reflect.ownKeys(value.prototype ?? {}).filter((k) => k !== 'constructor').map((k) => 'prototype.' + String(k));
        return [...own, ...shared].sort();
      };
      return Object.fromEntries(input.map((name) => [name, members(globalThis[name])]));`,
        { input: Object.keys(ENDOWMENT_MEMBERS) },
      ),
    ).toEqual(
      Object.fromEntries(Object.entries(ENDOWMENT_MEMBERS).map(([name, members]) => [name, [...members].sort()])),
    );
  });

  it('gives granted modules exactly the exports that are listed', () => {
    const source = `import * as a from 'node:fs/promises'; import * as b from 'node:fs';
      export const tools = { t: () => ({ 'node:fs/promises': Object.keys(a), 'node:fs': Object.keys(b) }) };`;
    expect(runSkill(source).value).toEqual(MODULE_EXPORTS);
  });
});

describe('IS-035 the way to the host through constructors', () => {
  it.each([
    ['a function of the platform', 'setTimeout'],
    ['a class of the platform', 'URL'],
    ['an instance', 'new URL("https://a.b")'],
    ['a return value', 'new TextEncoder().encode("x")'],
    ['the context of the call', 'context'],
    ['the log of the call', 'context.log.info'],
    ['the progress of the call', 'context.progress'],
    ['the partial text of the call', 'context.partial'],
    ['the input', 'input'],
    ['a caught error', '(() => { try { new URL("::") } catch (error) { return error } })()'],
    ['a caught error of the bridge', '(() => { try { new TextDecoder("nope") } catch (error) { return error } })()'],
    ['a class of the Fetch API', 'Response'],
    ['a body', 'new Response("x").body'],
    ['a function of the streams library', 'new Response("x").body._readableStreamController._pullAlgorithm'],
    [
      'a caught error of a stream',
      'await new Response(new ReadableStream({ pull: (c) => c.enqueue(1) })).text().catch((error) => error)',
    ],
    ['a rejection of import()', 'await import("fs").catch((error) => error)'],
  ])('%s ends in the isolate', (_name, expression) => {
    const code = `const value = ${expression}; const make = value.constructor.constructor;
      return make === Function || make === Object ? make.constructor('return [typeof process, typeof require, typeof Buffer, globalThis === this]')() : 'foreign';`;
    expect(evaluate(code)).toEqual(['undefined', 'undefined', 'undefined', true]);
  });
});

describe('IS-042 removed as surface reduction', () => {
  it.each([
    'WebAssembly',
    'SharedArrayBuffer',
    'Atomics',
    'WeakRef',
    'FinalizationRegistry',
    'Temporal',
    'process',
    'require',
    'Buffer',
  ])('%s is not defined', (name) => expect(evaluate(`return typeof ${name}`)).toBe('undefined'));

  it('IS-041 eval and Function work and reach nothing more than the skill itself', () => {
    expect(
      evaluate('return [eval("1 + 1"), new Function("return typeof process")(), (0, eval)("typeof require")]'),
    ).toEqual([2, 'undefined', 'undefined']);
  });
});

describe('IS-054 the raw callback', () => {
  const collect = `
    const leaked = [];
    Error.prepareStackTrace = (error, sites) => {
      for (const site of sites) {
        const found = [site.getFunction(), site.getThis()];
        for (const value of found) if (value !== undefined && value !== globalThis && !own.has(value)) leaked.push(String(site.getFunctionName()));
      }
      return 'x';
    };
    const own = new Set();
    const look = () => void new Error().stack;`;

  it('is not on the stack that a skill can inspect from inside the platform', () => {
    expect(
      evaluate(
        `${collect}
      look();
      const hook = { toString() { look(); return 'a'; } };
      try { new URL(hook); } catch {}
      new TextDecoder('utf-8', { get fatal() { look(); return false; } }).decode(new Uint8Array(1));
      new URLSearchParams({ [Symbol.iterator]: function* () { look(); } });
      structuredClone({ get a() { look(); return 1; } });
      void fetch('https://a.b', { method: 'POST', headers: { get a() { look(); return 'b'; } }, body: hook }).catch(look);
      void new Response(new ReadableStream({ pull: look, cancel: look })).body.getReader().read();
      new AbortController().signal.addEventListener('abort', look);
      AbortSignal.abort(); return leaked;`,
        { net: true },
      ),
    ).toEqual([]);
  });

  it('does not appear when the stack overflows inside the platform', () => {
    expect(
      evaluate(
        `${collect}
      const dive = (act) => { try { return dive(act); } catch (error) { void error.stack; try { act(); } catch (inner) { void inner.stack; } throw error; } };
      for (const act of [() => console.log('x'), () => new URL('https://a.b'), () => crypto.randomUUID(), () => setTimeout(() => {}, 1), () => void fetch('https://a.b').catch(() => {})]) {
        try { dive(act); } catch {}
      }
      return leaked;`,
        { answer: () => 'silence', net: true },
      ),
    ).toEqual([]);
  });

  it('shows nothing of the worker when the stack overflows inside the bridge', () => {
    expect(
      evaluate(
        `const texts = new Set();
      const dive = (act) => { try { return dive(act); } catch (error) { try { act(); } catch (inner) { texts.add(inner.message + inner.stack); } throw error; } };
      for (const act of [() => crypto.randomUUID(), () => atob('YQ=='), () => new TextEncoder().encode('x')]) { try { dive(act); } catch {} }
      return [texts.size > 0, [...texts].filter((text) => /file:|node_modules|isolated-vm|\\.ts:|worker/.test(text))];`,
      ),
    ).toEqual([true, []]);
  });

  it('cannot be had through caller, callee or the text of a function', () => {
    expect(
      evaluate(
        `
      const found = [];
      for (const fn of [fetch, Response, ReadableStream, setTimeout, console.log, URL, atob, crypto.randomUUID, context.log.info, context.partial]) {
        for (const key of ['caller', 'arguments', 'callee']) { try { if (fn[key] != null) found.push(key); } catch {} }
      }
      return found;`,
        { net: true },
      ),
    ).toEqual([]);
    expect(evaluate('return [typeof $0, typeof send, typeof platform, "carapace:internals" in globalThis]')).toEqual([
      'undefined',
      'undefined',
      'undefined',
      false,
    ]);
  });
});
