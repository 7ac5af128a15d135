import { describe, expect, it } from 'vitest';
import { NetFailure } from '../net-refusal.ts';
import { Upload } from './upload.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const isDone = async (promise: Promise<unknown>): Promise<boolean> =>
  await Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))]);

describe('Upload', () => {
  it('holds one piece, taken when the socket asks for the next', async () => {
    const upload = new Upload();
    expect(upload.isReady).toBe(true);
    const first = upload.push(bytes('one'), false);
    expect(upload.isReady).toBe(false);
    expect(upload.awaitsPeer).toBe(true);
    const socket = upload[Symbol.asyncIterator]();
    expect(await socket.next()).toMatchObject({ value: bytes('one') });
    expect(await isDone(first)).toBe(false);
    const next = socket.next();
    await first;
    expect(upload).toMatchObject({ sent: 3, isReady: true, awaitsPeer: false });
    const last = upload.push(bytes('two'), true);
    expect(await next).toMatchObject({ value: bytes('two') });
    expect(await socket.next()).toMatchObject({ done: true });
    await last;
    expect(upload).toMatchObject({ sent: 6, isReady: false });
  });

  it('skips an empty last piece', async () => {
    const upload = new Upload();
    const last = upload.push(bytes(''), true);
    const pieces: Uint8Array[] = [];
    for await (const piece of upload) pieces.push(piece);
    await last;
    expect(pieces).toEqual([]);
  });

  it('tells both sides of a failure', async () => {
    const upload = new Upload();
    const socket = upload[Symbol.asyncIterator]();
    const next = socket.next();
    upload.fail(NetFailure.of('aborted'));
    await expect(next).rejects.toThrow('aborted');
    await expect(upload.push(bytes('x'), false)).rejects.toThrow('aborted');

    const waiting = new Upload();
    const push = waiting.push(bytes('x'), false);
    waiting.fail(NetFailure.of('rate-floor'));
    await expect(push).rejects.toThrow('too slow');
  });

  it('swallows what comes after the socket has lost interest', async () => {
    const upload = new Upload();
    const first = upload.push(bytes('x'), false);
    const socket = upload[Symbol.asyncIterator]();
    await socket.next();
    await socket.return();
    await first;
    await upload.push(bytes('y'), false);
    expect(upload.awaitsPeer).toBe(false);
  });
});
