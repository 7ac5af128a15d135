import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemorySink } from '@carapace/runtime';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createHostileRuntime } from './hostile-runtime.ts';
import { childProcesses, skillOf } from './sandbox.ts';
import { callOptions, underVariant } from './variant.ts';

const folder = mkdtempSync(join(tmpdir(), 'carapace-start-'));
afterAll(() => rmSync(folder, { recursive: true }));

const WRITE = `const { writeSync, readSync } = require('node:fs');
const send = (head, body = '') => {
  const text = Buffer.from(JSON.stringify(head));
  const prefix = Buffer.alloc(8);
  prefix.writeUInt32LE(4 + text.length + body.length, 0);
  prefix.writeUInt32LE(text.length, 4);
  writeSync(3, Buffer.concat([prefix, text, Buffer.from(body)]));
};
const stay = () => { while (readSync(3, Buffer.alloc(65536)) > 0); };
try { process.dlopen({ exports: {} }, '/proc/self/fd/6'); } catch {}`;

let programs = 0;
/** A program whose very first words are the attack. */
function programOf(text: string): string {
  programs += 1;
  const path = join(folder, `start-${programs}.js`);
  writeFileSync(path, `${WRITE}\n${text}`);
  return path;
}

const LAYERS =
  "['identity', 'rlimits', 'landlock', 'seccomp'].map((layer) => ({ layer, state: 'enforced', detail: '' }))";

describe('IP-142 a worker that introduces itself', () => {
  it.each([
    ['with a budget of its own', `send({ kind: 'ready', version: 1, limits: { wallMs: 600000 } }); stay();`],
    ['as another skill', `send({ kind: 'ready', version: 1, skill: 'trusted', digest: 'sha256-0' }); stay();`],
    ['with a launch report of its own', `send({ kind: 'jailed', layers: ${LAYERS} }); stay();`],
    ['with a jail of its own in ready', `send({ kind: 'ready', version: 1, jail: 'none' }); stay();`],
    ['in another version', `send({ kind: 'ready', version: 2 }); stay();`],
    ['with a body', `send({ kind: 'ready', version: 1 }, 'x'.repeat(2000)); stay();`],
    ['with a length of 2^32-1', `writeSync(3, Buffer.alloc(8, 255)); stay();`],
    ['with a result', `send({ kind: 'result', call: 'c', ok: true }, '1'); stay();`],
    ['not at all, and exits', ''],
  ])('%s never becomes a spare', async (_title, text) => {
    const audit = createMemorySink();
    await expect(createHostileRuntime(underVariant({ spares: 1, audit }), programOf(text))).rejects.toMatchObject({
      code: 'ERR_CARAPACE_WORKER_START',
    });
    // The probe of the self-test may outlive the refusal for a moment.
    await vi.waitFor(() => expect(childProcesses()).toEqual([]), { timeout: 10_000 });
    expect(audit.events({ kind: 'call-start' })).toEqual([]);
  });

  it.each([
    ['is ready twice', `send({ kind: 'ready', version: 1 }); send({ kind: 'ready', version: 1 }); stay();`],
    ['is ready and exits', `send({ kind: 'ready', version: 1 });`],
    [
      'is ready, and then sends what is no frame',
      `send({ kind: 'ready', version: 1 }); writeSync(3, Buffer.alloc(8, 255)); stay();`,
    ],
  ])('%s: serves no call', async (_title, text) => {
    const audit = createMemorySink();
    await using runtime = await createHostileRuntime(underVariant({ spares: 0, audit }), programOf(text));
    await using skill = await runtime.load(skillOf({ id: 'IP-142', title: 'any', run: '' }));
    // It may be found out while it is idle, when it is lent, or in the call: never is there a value.
    const ended = await skill.call('attack', {}, callOptions()).then(
      ({ code }) => code,
      (error: unknown) => error,
    );
    expect(ended).not.toBe(undefined);
    expect(audit.events({ kind: 'call-end' })).toHaveLength(1);
  });
});
