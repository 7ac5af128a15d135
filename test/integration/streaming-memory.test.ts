import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createMemorySink, createRuntime } from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inlineSkill } from '../inline-skill.ts';

const MIB = 2 ** 20;
/** Calls that stream at the same time, and what each of them streams in either direction. 64 and 10 MiB are what is promised. */
const STREAMS = Number(process.env['CARAPACE_STREAMS'] ?? 8);
const BYTES = Number(process.env['CARAPACE_STREAM_MIB'] ?? (STREAMS >= 64 ? 10 : 8)) * MIB;
/** What the host may grow by the second time, of the 128 MiB and more that pass through it: some pieces a stream, and what V8 takes. */
const GROWTH_MIB = 40 + STREAMS / 4;

const PIECE = Buffer.alloc(16_384, 's');

/** Takes `bytes` at a bounded rate, then sends as many, as a server does that somebody reads slowly from. */
function answerSlowly(socket: Socket): void {
  socket.on('error', () => undefined);
  let taken = 0;
  const pausing = setInterval(() => socket.resume(), 2);
  socket.on('close', () => clearInterval(pausing));
  socket.on('data', (chunk) => {
    taken += chunk.length;
    socket.pause();
    if (chunk.subarray(-5).equals(Buffer.from('0\r\n\r\n')) && taken > BYTES) void sendBack(socket);
  });
}

async function sendBack(socket: Socket): Promise<void> {
  socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${BYTES}\r\nconnection: close\r\n\r\n`);
  for (let sent = 0; sent < BYTES && !socket.destroyed; sent += PIECE.length) {
    if (!socket.write(PIECE)) await Promise.race([delay(50), new Promise((resolve) => socket.once('drain', resolve))]);
    if (sent % MIB === 0) await delay(5);
  }
}

const BUNDLE = `export default { tools: { stream: { async run({ bytes }) {
  let left = bytes;
  const body = new ReadableStream({ pull(controller) {
    if (left === 0) return controller.close();
    const piece = Math.min(left, 65_536);
    left -= piece;
    controller.enqueue(new Uint8Array(piece));
  } });
  const response = await fetch('https://api.example.com/', { method: 'POST', body, duplex: 'half' });
  let read = 0;
  for await (const piece of response.body) read += piece.length;
  return read;
} } } };`;

let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer(answerSlowly);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  port = address.port;
});
afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())));

describe(`${STREAMS} calls that stream ${BYTES / MIB} MiB each way at once through a slow server`, () => {
  it('all end with every byte, and the host stays as large as it was', async () => {
    await using runtime = await createRuntime({
      spares: 2,
      maxWorkers: Math.min(STREAMS, 64),
      maxQueue: STREAMS,
      maxWorkerMemoryMiB: 2 ** 20,
      audit: createMemorySink(10_000),
      network: { routes: { 'https://api.example.com': `http://127.0.0.1:${port}` } },
    });
    const skill = await runtime.load(
      inlineSkill({
        name: 'streamer',
        bundle: BUNDLE,
        tools: { stream: {} },
        permissions: { net: [{ host: 'api.example.com', methods: ['POST'] }] },
        limits: {
          wallMs: 300_000,
          cpuMs: 120_000,
          brokerCalls: 100_000,
          bytesInMiB: 64,
          bytesOutKiB: 65_536,
          concurrency: 64,
          callsPerMinute: 6_000,
        },
      }),
      { permissions: 'declared' },
    );
    const all = async (): Promise<readonly unknown[]> =>
      (await Promise.all(Array.from({ length: STREAMS }, () => skill.call('stream', { bytes: BYTES })))).map(
        ({ code, structured }) => code ?? structured,
      );
    const whole = Array.from({ length: STREAMS }, () => BYTES);
    // Once for what V8 and the allocator keep for good.
    expect(await all()).toEqual(whole);
    const before = process.memoryUsage().rss;
    let most = before;
    const watching = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 10);
    expect(await all()).toEqual(whole);
    clearInterval(watching);
    expect((most - before) / MIB).toBeLessThan(GROWTH_MIB);
  }, 600_000);
});
