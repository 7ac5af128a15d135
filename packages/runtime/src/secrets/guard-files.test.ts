import { describe, expect, it } from 'vitest';
import type { EffectBroker } from '../host/broker/effect.ts';
import type { FsOp } from '../protocol/messages.ts';
import { guardFiles } from './guard-files.ts';
import { createRedactor } from './redact/redactor.ts';

const SECRET = 'correct-horse-battery-staple';

/** Keeps what is let through. */
function guarded(): { readonly files: EffectBroker<FsOp>; readonly written: string[] } {
  const written: string[] = [];
  const redactor = createRedactor();
  redactor.lookFor([['TOKEN', SECRET]]);
  const broker: EffectBroker<FsOp> = {
    perform: async ({ op, body }) => {
      const discards = op.method === 'close' && op.discard ? 'discarding' : '';
      written.push(`${op.method} ${Buffer.from(body).toString('utf8')}${discards}`);
      return { kind: 'done' };
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  return { files: guardFiles(broker, redactor), written };
}

const signal = new AbortController().signal;
const writeFile = { family: 'fs', method: 'writeFile', path: '/data/a', mode: 'replace' } as const;
const write = { family: 'fs', method: 'write', handle: 7 } as const;

describe('SE-276 a file that would hold a secret', () => {
  it.each([SECRET, Buffer.from(SECRET).toString('base64'), Buffer.from(SECRET).toString('hex')])(
    'is not written with %s in it',
    async (form) => {
      const { files, written } = guarded();
      const answer = await files.perform({ id: 1, op: writeFile, body: Buffer.from(`a ${form} b`) }, signal);
      expect(answer).toMatchObject({ kind: 'refused', code: 'ERR_CARAPACE_PERMISSION_SECRET_FILE' });
      expect(written).toEqual([]);
    },
  );

  it('is not completed in pieces, handle by handle', async () => {
    const { files, written } = guarded();
    const push = (handle: number, text: string): ReturnType<typeof files.perform> =>
      files.perform({ id: 1, op: { ...write, handle }, body: Buffer.from(text) }, signal);
    expect(await push(7, SECRET.slice(0, 10))).toMatchObject({ kind: 'done' });
    expect(await push(8, SECRET.slice(10))).toMatchObject({ kind: 'done' });
    expect(await push(7, SECRET.slice(10))).toMatchObject({ kind: 'refused', rule: 'secret-in-file' });
    expect(await push(7, 'more')).toMatchObject({ kind: 'refused' });
    expect(written).toHaveLength(2);
    const close = { family: 'fs', method: 'close', handle: 7, discard: false } as const;
    expect(await files.perform({ id: 1, op: close, body: Buffer.of() }, signal)).toMatchObject({ kind: 'refused' });
    expect(written.at(-1)).toBe('close discarding');
  });

  it.each([
    { family: 'fs', method: 'mkdir', path: `/data/${SECRET}`, recursive: false },
    { family: 'fs', method: 'rename', path: '/data/a', to: `/data/${SECRET}` },
  ] as const)('is not called by it: $method', async (op) => {
    const { files, written } = guarded();
    expect(await files.perform({ id: 1, op, body: Buffer.of() }, signal)).toMatchObject({ rule: 'secret-in-file' });
    expect(written).toEqual([]);
  });

  it('is written without it, and everything else passes', async () => {
    const { files, written } = guarded();
    await files.perform({ id: 1, op: writeFile, body: Buffer.from('plain') }, signal);
    await files.perform(
      { id: 2, op: { family: 'fs', method: 'close', handle: 7, discard: false }, body: Buffer.of() },
      signal,
    );
    expect(written).toEqual(['writeFile plain', 'close ']);
  });
});
